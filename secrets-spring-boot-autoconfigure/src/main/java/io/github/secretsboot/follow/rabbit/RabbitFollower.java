package io.github.secretsboot.follow.rabbit;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import com.rabbitmq.client.Address;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.SocketConfigurator;
import com.rabbitmq.client.impl.DefaultCredentialsProvider;
import io.github.secretsboot.follow.Credentials;
import io.github.secretsboot.follow.CredentialsSource;
import io.github.secretsboot.follow.Follower;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;

/**
 * Knows the credentials of a connection factory, which asks for them whenever it
 * connects. The broker lets open connections live.
 *
 * @param factory the client's own connection factory
 * @param addresses where the broker is
 * @param source where the credentials come from
 * @param configurator configures sockets, and does not wait for other credentials
 */
record RabbitFollower(ConnectionFactory factory, Supplier<List<Address>> addresses, CredentialsSource source,
		SocketConfigurator configurator) implements Follower<Credentials> {

	@Override
	public @Nullable Credentials read(Environment environment) {
		return this.source.read(environment);
	}

	@Override
	public void tryOut(Credentials candidate) throws IOException, TimeoutException {
		ConnectionFactory other = this.factory.clone();
		other.setCredentialsProvider(new DefaultCredentialsProvider(candidate.username(), candidate.password()));
		other.setSocketConfigurator(this.configurator);
		other.setAutomaticRecoveryEnabled(false);
		other.newConnection(this.addresses.get()).close();
	}

	@Override
	public boolean isRefused(Exception failure) {
		return RefusedConnection.is(failure);
	}

}
