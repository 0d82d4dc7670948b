package io.github.secretsboot.follow.rabbit;

import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;

import com.rabbitmq.client.Address;
import com.rabbitmq.client.ConnectionFactory;
import io.github.secretsboot.follow.ConfiguredCredentials;
import io.github.secretsboot.follow.Credentials;
import io.github.secretsboot.follow.CredentialsFinder;
import io.github.secretsboot.follow.Followed;
import io.github.secretsboot.follow.Followers;
import org.jspecify.annotations.Nullable;

import org.springframework.amqp.rabbit.connection.AbstractConnectionFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.amqp.autoconfigure.RabbitConnectionDetails;

/**
 * Has connection factories follow the secrets that their credentials are from.
 */
class RabbitConnections {

	/** The bean that Spring Boot makes. */
	private static final String BOOT_BEAN_NAME = "rabbitConnectionFactory";

	private static final ConfiguredCredentials CONFIGURED = new ConfiguredCredentials("spring.rabbitmq.addresses",
			"spring.rabbitmq.username", "spring.rabbitmq.password");

	private final Followers followers;

	private final CredentialsFinder finder;

	private final ObjectProvider<RabbitConnectionDetails> details;

	private final Map<Object, Followed<Credentials>> followed = new WeakHashMap<>();

	RabbitConnections(Followers followers, CredentialsFinder finder, ObjectProvider<RabbitConnectionDetails> details) {
		this.followers = followers;
		this.finder = finder;
		this.details = details;
	}

	List<Followed<Credentials>> follow(String beanName, AbstractConnectionFactory factory) {
		ConnectionFactory client = factory.getRabbitConnectionFactory();
		if (client.getPassword() == null) {
			return List.of();
		}
		return this.finder.find(beanName, new Credentials(client.getUsername(), client.getPassword()), CONFIGURED)
			.map((source) -> follow(beanName, factory,
					new RabbitFollower(client, () -> addresses(beanName, client), source,
							client.getSocketConfigurator())))
			.stream()
			.toList();
	}

	private synchronized Followed<Credentials> follow(String beanName, AbstractConnectionFactory factory,
			RabbitFollower follower) {
		Followed<Credentials> followed = this.followers.follow(beanName, follower);
		RotatingCredentials credentials = new RotatingCredentials(followed, follower.configurator());
		follower.factory().setCredentialsProvider(credentials);
		follower.factory().setSocketConfigurator(credentials);
		factory.addConnectionListener(credentials);
		this.followed.put(factory, followed);
		return followed;
	}

	/**
	 * The credentials of a connection factory that follows.
	 */
	synchronized @Nullable Followed<Credentials> of(Object factory) {
		return this.followed.get(factory);
	}

	private List<Address> addresses(String beanName, ConnectionFactory client) {
		RabbitConnectionDetails details = beanName.equals(BOOT_BEAN_NAME) ? this.details.getIfUnique() : null;
		if (details == null) {
			return List.of(new Address(client.getHost(), client.getPort()));
		}
		return details.getAddresses().stream().map((address) -> new Address(address.host(), address.port())).toList();
	}

}
