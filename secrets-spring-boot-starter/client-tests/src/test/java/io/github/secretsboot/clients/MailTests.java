package io.github.secretsboot.clients;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.github.secretsboot.Secrets;
import io.github.secretsboot.consumers.SecretConsumer.Connections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.mail.MailAuthenticationException;
import org.springframework.mail.SimpleMailMessage;
import org.springframework.mail.javamail.JavaMailSenderImpl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Sends mail through a real SMTP server while its passwords rotate.
 */
class MailTests extends AbstractClientTests {

	private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

	MailTests() {
		super(new Gateway("535 "));
		this.server.start();
		this.gateway.to(this.server.getSmtp().getPort());
	}

	@AfterEach
	void stop() {
		this.server.stop();
	}

	@Override
	void setPassword(String username, String password) {
		GreenMailUser user = this.server.getUserManager().getUser(username);
		if (user == null) {
			this.server.setUser(username + "@example.com", username, password);
		}
		else {
			user.setPassword(password);
		}
	}

	private ConfigurableApplicationContext run(String... arguments) throws Exception {
		return run(Application.class,
				Arguments.with(arguments, "--spring.mail.host=127.0.0.1", "--spring.mail.port=" + this.gateway.port(),
						"--spring.mail.username=${login.username}", "--spring.mail.password=${login.password}",
						"--spring.mail.properties[mail.smtp.auth]=true"));
	}

	private static void send(ConfigurableApplicationContext context) {
		SimpleMailMessage message = new SimpleMailMessage();
		message.setFrom("app@example.com");
		message.setTo("app@example.com");
		message.setText("Hello");
		context.getBean(JavaMailSenderImpl.class).send(message);
	}

	@Test
	void whenPasswordRotatesThenNoMessageIsLost() throws Exception {
		try (ConfigurableApplicationContext context = run()) {
			Load load = new Load(4, () -> send(context));
			int refused;
			try (load) {
				refused = rotateWithoutKilling("Mail, password", context, load, this::rotatePassword);
			}
			assertThat(load.failures()).isEmpty();
			assertThat(refused).isLessThanOrEqualTo(4 * ROTATIONS);
			assertThat(this.server.getReceivedMessages()).hasSize((int) load.done());
			follows(context, "mailSender", Connections.NONE);
		}
	}

	@Test
	void whenUsersAlternateThenNoMessageIsLost() throws Exception {
		try (ConfigurableApplicationContext context = run()) {
			Load load = new Load(4, () -> send(context));
			try (load) {
				rotateWithoutKilling("Mail, users", context, load, this::rotateUsers);
			}
			assertThat(load.failures()).isEmpty();
			assertThat(this.server.getReceivedMessages()).hasSize((int) load.done());
		}
	}

	@Test
	void whenNewPasswordIsWrongThenItIsNotUsed() throws Exception {
		try (ConfigurableApplicationContext context = run()) {
			this.secretsManager.rotate("server", wrongLogin());
			assertThat(context.getBean(Secrets.class).refresh().changes()).isEmpty();
			send(context);
		}
	}

	@Test
	void whenPasswordIsWrongForGoodThenFailsAfterTheWindow() throws Exception {
		try (ConfigurableApplicationContext context = run("--secrets.follow.rotation-window=300ms")) {
			setPassword("app", "canary-unknown");
			assertThatExceptionOfType(MailAuthenticationException.class).isThrownBy(() -> send(context));
		}
	}

	@Test
	void whenExcludedThenKeepsTheOldPassword() throws Exception {
		try (ConfigurableApplicationContext context = run("--secrets.follow.exclude=mail")) {
			rotatePassword(context);
			assertThatExceptionOfType(MailAuthenticationException.class).isThrownBy(() -> send(context));
		}
	}

	@EnableAutoConfiguration
	static class Application {

	}

}
