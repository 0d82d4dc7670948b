package io.github.secretsboot.follow.mail;

import io.github.secretsboot.consumers.SecretConsumer.Connections;
import io.github.secretsboot.follow.Credentials;
import io.github.secretsboot.follow.CredentialsSource;
import io.github.secretsboot.follow.Failures;
import io.github.secretsboot.follow.Follower;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/**
 * Gives a mail sender new credentials, which it reads whenever it sends.
 *
 * @param sender the sender
 * @param source where its credentials come from
 */
record MailFollower(JavaMailSenderImpl sender, CredentialsSource source) implements Follower<Credentials> {

	@Override
	public @Nullable Credentials read(Environment environment) {
		return this.source.read(environment);
	}

	@Override
	public void apply(Credentials credentials) {
		set(this.sender, credentials);
	}

	private static void set(JavaMailSenderImpl sender, Credentials credentials) {
		sender.setUsername(credentials.username());
		sender.setPassword(credentials.password());
	}

	@Override
	public void tryOut(Credentials candidate) throws MessagingException {
		JavaMailSenderImpl other = new JavaMailSenderImpl();
		other.setHost(this.sender.getHost());
		other.setPort(this.sender.getPort());
		other.setProtocol(this.sender.getProtocol());
		other.setJavaMailProperties(this.sender.getSession().getProperties());
		set(other, candidate);
		other.testConnection();
	}

	@Override
	public boolean isRefused(Exception failure) {
		return Failures.hasCause(failure, AuthenticationFailedException.class);
	}

	@Override
	public Connections connections() {
		return Connections.NONE;
	}

}
