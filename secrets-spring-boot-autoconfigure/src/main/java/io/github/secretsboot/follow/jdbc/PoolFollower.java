package io.github.secretsboot.follow.jdbc;

import java.sql.SQLException;

import io.github.secretsboot.consumers.SecretConsumer.Connections;
import io.github.secretsboot.follow.Credentials;
import io.github.secretsboot.follow.CredentialsSource;
import io.github.secretsboot.follow.Follower;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;

/**
 * Gives a pool new credentials. Its old connections are closed when they are idle or come
 * back, and never while they are in use.
 *
 * @param pool the pool, or the configuration that one will be made of
 * @param source where its credentials come from
 * @param target its database, or {@code null} if there is no way to log in to it
 * @param open its connections
 */
record PoolFollower(Pool pool, CredentialsSource source, @Nullable PoolTarget target,
		PoolConnections open) implements Follower<Credentials> {

	@Override
	public @Nullable Credentials read(Environment environment) {
		return this.source.read(environment);
	}

	@Override
	public void apply(Credentials credentials) {
		this.pool.setCredentials(credentials);
		this.open.credentialsChanged(credentials);
	}

	@Override
	public void tryOut(Credentials candidate) throws SQLException {
		if (this.target != null) {
			this.target.login(candidate).close();
		}
	}

	@Override
	public boolean isRefused(Exception failure) {
		return RefusedLogin.is(failure);
	}

	@Override
	public Connections connections() {
		return Connections.REPLACED;
	}

}
