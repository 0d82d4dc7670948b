package io.github.secretsboot.follow.redis;

import io.github.secretsboot.consumers.SecretConsumer.Connections;
import io.github.secretsboot.follow.Credentials;
import io.github.secretsboot.follow.CredentialsSource;
import io.github.secretsboot.follow.Follower;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.env.Environment;
import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Gives Lettuce new credentials. New versions are tried where there is one server.
 *
 * @param credentials what Lettuce asks
 * @param source where the credentials come from
 * @param configuration what the connection factory was made of, which keeps a copy
 * @param factory the connection factory
 */
record LettuceFollower(LettuceCredentials credentials, CredentialsSource source, RedisConfiguration configuration,
		ObjectProvider<LettuceConnectionFactory> factory) implements Follower<Credentials> {

	@Override
	public @Nullable Credentials read(Environment environment) {
		return this.source.read(environment);
	}

	@Override
	public void apply(Credentials credentials) {
		this.credentials.change(credentials);
		RedisSettings.set(this.configuration, credentials);
	}

	@Override
	public void tryOut(Credentials candidate) {
		LettuceConnectionFactory factory = this.factory.getIfUnique();
		if (factory != null && factory.getNativeClient() instanceof RedisClient client
				&& factory.getSocketConfiguration() == null && !factory.isRedisSentinelAware()) {
			client.connect(uri(factory, candidate)).close();
		}
	}

	private static RedisURI uri(LettuceConnectionFactory factory, Credentials candidate) {
		RedisURI uri = RedisURI.create(factory.getHostName(), factory.getPort());
		LettuceClientConfiguration client = factory.getClientConfiguration();
		uri.setSsl(client.isUseSsl());
		uri.setStartTls(client.isStartTls());
		uri.setVerifyPeer(client.getVerifyMode());
		uri.setCredentialsProvider(() -> LettuceCredentials.mono(candidate));
		return uri;
	}

	@Override
	public boolean isRefused(Exception failure) {
		return RefusedCommand.is(failure);
	}

	@Override
	public Connections connections() {
		return Connections.REAUTHENTICATED;
	}

}
