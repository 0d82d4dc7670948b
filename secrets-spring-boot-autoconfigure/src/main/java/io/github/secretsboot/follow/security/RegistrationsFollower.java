package io.github.secretsboot.follow.security;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.secretsboot.consumers.SecretConsumer.Connections;
import io.github.secretsboot.follow.Credentials;
import io.github.secretsboot.follow.Follower;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientProperties;
import org.springframework.core.env.Environment;
import org.springframework.security.oauth2.client.registration.ClientRegistration;

/**
 * Gives client registrations new ids and secrets. What else they have, such as the
 * metadata of their provider, stays and is not asked for again.
 */
class RegistrationsFollower implements Follower<Map<String, Credentials>> {

	private final Map<String, ClientRegistration> registrations = new ConcurrentHashMap<>();

	/**
	 * Create a follower.
	 * @param registrations the registrations as they are
	 */
	RegistrationsFollower(Iterable<ClientRegistration> registrations) {
		registrations.forEach((registration) -> this.registrations.put(registration.getRegistrationId(), registration));
	}

	/**
	 * The registrations by their ids; always the current ones.
	 */
	Map<String, ClientRegistration> registrations() {
		return this.registrations;
	}

	@Override
	public @Nullable Map<String, Credentials> read(Environment environment) {
		return Binder.get(environment)
			.bind("spring.security.oauth2.client", OAuth2ClientProperties.class)
			.map(RegistrationsFollower::credentials)
			.orElse(null);
	}

	private static Map<String, Credentials> credentials(OAuth2ClientProperties properties) {
		Map<String, Credentials> credentials = new HashMap<>();
		properties.getRegistration().forEach((id, registration) -> {
			String secret = registration.getClientSecret();
			if (secret != null) {
				credentials.put(id, new Credentials(registration.getClientId(), secret));
			}
		});
		return credentials;
	}

	@Override
	public void apply(Map<String, Credentials> credentials) {
		credentials.forEach((id, pair) -> this.registrations.computeIfPresent(id,
				(key, registration) -> ClientRegistration.withClientRegistration(registration)
					.clientId(String.valueOf(pair.username()))
					.clientSecret(pair.password())
					.build()));
	}

	@Override
	public String member() {
		return "registrations";
	}

	@Override
	public Connections connections() {
		return Connections.NONE;
	}

}
