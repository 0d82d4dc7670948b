package io.github.secretsboot.follow.redis;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;

import io.github.secretsboot.follow.CredentialsFinder;
import io.github.secretsboot.follow.CredentialsSource;
import io.github.secretsboot.follow.Followers;
import io.lettuce.core.RedisCredentialsProvider;
import io.lettuce.core.resource.ClientResources;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisPassword;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.connection.lettuce.RedisCredentialsProviderFactory;

/**
 * Has connections follow the secrets that their credentials are from. Asked for each
 * connection factory, and for each node of a cluster.
 */
class LettuceCredentialsFactory implements RedisCredentialsProviderFactory {

	private final Followers followers;

	private final CredentialsFinder finder;

	private final ObjectProvider<LettuceConnectionFactory> factory;

	private final ObjectProvider<ClientResources> resources;

	private final Map<RedisConfiguration, RedisCredentialsProvider> providers = Collections
		.synchronizedMap(new IdentityHashMap<>());

	LettuceCredentialsFactory(Followers followers, CredentialsFinder finder,
			ObjectProvider<LettuceConnectionFactory> factory, ObjectProvider<ClientResources> resources) {
		this.followers = followers;
		this.finder = finder;
		this.factory = factory;
		this.resources = resources;
	}

	@Override
	public RedisCredentialsProvider createCredentialsProvider(RedisConfiguration configuration) {
		return this.providers.computeIfAbsent(configuration, this::follow);
	}

	private RedisCredentialsProvider follow(RedisConfiguration configuration) {
		RedisPassword password = RedisConfiguration.getPasswordOrElse(configuration, RedisPassword::none);
		String username = RedisConfiguration.getUsernameOrElse(configuration, () -> null);
		return password.toOptional()
			.flatMap((text) -> RedisSettings.find(this.finder, username, new String(text)))
			.<RedisCredentialsProvider>map((source) -> follow(source, configuration))
			.orElseGet(() -> RedisCredentialsProviderFactory.super.createCredentialsProvider(configuration));
	}

	private LettuceCredentials follow(CredentialsSource source, RedisConfiguration configuration) {
		LettuceCredentials credentials = new LettuceCredentials();
		credentials.setFollowed(this.followers.follow(RedisSettings.BEAN_NAME,
				new LettuceFollower(credentials, source, configuration, this.factory)));
		this.resources.ifUnique((resources) -> resources.eventBus().get().subscribe(credentials::on));
		return credentials;
	}

}
