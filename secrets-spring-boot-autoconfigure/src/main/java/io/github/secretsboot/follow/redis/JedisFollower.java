package io.github.secretsboot.follow.redis;

import io.github.secretsboot.follow.Credentials;
import io.github.secretsboot.follow.CredentialsSource;
import io.github.secretsboot.follow.Follower;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.DefaultRedisCredentials;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisCredentials;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.env.Environment;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;

/**
 * Knows the credentials of Jedis, which asks for them whenever it connects. New versions
 * are tried where there is one server.
 */
class JedisFollower implements Follower<Credentials> {

	private final JedisClientConfig config;

	private final CredentialsSource source;

	private final ObjectProvider<JedisConnectionFactory> factory;

	private boolean isConnected;

	/**
	 * Create a follower.
	 * @param config how Jedis connects
	 * @param source where the credentials come from
	 * @param factory the connection factory, which is about to be made
	 */
	JedisFollower(JedisClientConfig config, CredentialsSource source, ObjectProvider<JedisConnectionFactory> factory) {
		this.config = DefaultJedisClientConfig.builder()
			.from(config)
			.credentials(new DefaultRedisCredentials(null, (CharSequence) null))
			.build();
		this.source = source;
		this.factory = factory;
	}

	@Override
	public @Nullable Credentials read(Environment environment) {
		return this.source.read(environment);
	}

	@Override
	public void apply(Credentials credentials) {
		if (this.isConnected) {
			this.factory.ifUnique((factory) -> {
				RedisStandaloneConfiguration configuration = factory.getStandaloneConfiguration();
				if (configuration != null) {
					RedisSettings.set(configuration, credentials);
				}
			});
		}
		this.isConnected = true;
	}

	@Override
	public void tryOut(Credentials candidate) {
		JedisConnectionFactory factory = this.factory.getIfUnique();
		if (factory != null && !factory.isRedisSentinelAware() && !factory.isRedisClusterAware()) {
			JedisClientConfig trial = DefaultJedisClientConfig.builder()
				.from(this.config)
				.credentials(of(candidate))
				.build();
			new Connection(new HostAndPort(factory.getHostName(), factory.getPort()), trial).close();
		}
	}

	static RedisCredentials of(Credentials credentials) {
		return new DefaultRedisCredentials(credentials.username(), credentials.password());
	}

	@Override
	public boolean isRefused(Exception failure) {
		return RefusedCommand.is(failure);
	}

}
