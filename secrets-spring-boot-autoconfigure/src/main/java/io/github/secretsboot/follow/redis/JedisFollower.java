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
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;

/**
 * Gives Jedis new credentials, which it asks for whenever it connects. New versions are
 * tried where there is one server.
 *
 * @param config how Jedis connects
 * @param source where the credentials come from
 * @param factory the connection factory
 */
record JedisFollower(JedisClientConfig config, CredentialsSource source,
		ObjectProvider<JedisConnectionFactory> factory) implements Follower<Credentials> {

	@Override
	public @Nullable Credentials read(Environment environment) {
		return this.source.read(environment);
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
