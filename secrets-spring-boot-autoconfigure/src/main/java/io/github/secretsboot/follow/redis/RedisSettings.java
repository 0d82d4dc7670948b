package io.github.secretsboot.follow.redis;

import java.util.Optional;

import io.github.secretsboot.follow.ConfiguredCredentials;
import io.github.secretsboot.follow.Credentials;
import io.github.secretsboot.follow.CredentialsFinder;
import io.github.secretsboot.follow.CredentialsSource;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisPassword;

/**
 * Where Spring Boot has the credentials of Redis from.
 */
final class RedisSettings {

	/** The bean that Spring Boot makes of them. */
	static final String BEAN_NAME = "redisConnectionFactory";

	private static final ConfiguredCredentials CONFIGURED = new ConfiguredCredentials("spring.data.redis.url",
			"spring.data.redis.username", "spring.data.redis.password");

	private RedisSettings() {
	}

	static Optional<CredentialsSource> find(CredentialsFinder finder, @Nullable String username, String password) {
		return finder.find(BEAN_NAME, new Credentials(username, password), CONFIGURED);
	}

	/**
	 * Replace the copy that a connection factory keeps.
	 */
	static void set(RedisConfiguration configuration, Credentials credentials) {
		if (configuration instanceof RedisConfiguration.WithAuthentication authentication) {
			authentication.setUsername(credentials.username());
		}
		if (configuration instanceof RedisConfiguration.WithPassword password) {
			password.setPassword(RedisPassword.of(credentials.password()));
		}
	}

}
