package io.github.secretsboot.follow.rabbit;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Objects;

import com.rabbitmq.client.SocketConfigurator;
import com.rabbitmq.client.impl.CredentialsProvider;
import io.github.secretsboot.follow.Credentials;
import io.github.secretsboot.follow.Followed;
import org.jspecify.annotations.Nullable;

import org.springframework.amqp.rabbit.connection.Connection;
import org.springframework.amqp.rabbit.connection.ConnectionListener;

/**
 * Tells the client of RabbitMQ the credentials in use whenever it connects, and keeps it
 * from connecting with those that the broker has just refused.
 * <p>
 * The client asks for the user name and then, on the same thread, for the password that
 * belongs to it.
 */
class RotatingCredentials implements CredentialsProvider, ConnectionListener, SocketConfigurator {

	private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

	private final Followed<Credentials> followed;

	private final SocketConfigurator configurator;

	private final ThreadLocal<@Nullable Credentials> asked = new ThreadLocal<>();

	/**
	 * Create credentials.
	 * @param followed the credentials in use
	 * @param configurator configures sockets
	 */
	RotatingCredentials(Followed<Credentials> followed, SocketConfigurator configurator) {
		this.followed = followed;
		this.configurator = configurator;
	}

	@Override
	public @Nullable String getUsername() {
		Credentials credentials = this.followed.get();
		this.asked.set(credentials);
		return credentials.username();
	}

	@Override
	public String getPassword() {
		return Objects.requireNonNullElseGet(this.asked.get(), this.followed::get).password();
	}

	/**
	 * A socket is about to be connected: the place to wait for credentials that the
	 * broker has not refused.
	 */
	@Override
	public void configure(Socket socket) throws IOException {
		if (!this.followed.awaitTry(LONGEST_WAIT)) {
			throw new IOException("The broker has refused these credentials; waiting for others");
		}
		this.configurator.configure(socket);
	}

	@Override
	public void onCreate(@Nullable Connection connection) {
		this.asked.remove();
		this.followed.accepted();
	}

	@Override
	public void onFailed(Exception exception) {
		Credentials refused = this.asked.get();
		this.asked.remove();
		if (refused != null && RefusedConnection.is(exception)) {
			this.followed.refused(refused);
		}
	}

}
