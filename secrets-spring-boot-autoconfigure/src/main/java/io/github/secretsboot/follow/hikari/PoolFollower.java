package io.github.secretsboot.follow.hikari;

import java.sql.SQLException;
import java.time.Duration;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.github.secretsboot.consumers.SecretConsumer.Connections;
import io.github.secretsboot.follow.Credentials;
import io.github.secretsboot.follow.CredentialsSource;
import io.github.secretsboot.follow.Follower;
import io.github.secretsboot.follow.jdbc.RefusedLogin;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;

/**
 * Gives a pool new credentials. Its old connections are closed when they are idle or come
 * back, and never while they are in use.
 *
 * @param config the pool, or the configuration that one will be made of
 * @param source where its credentials come from
 * @param target its database, or {@code null} if there is no way to log in to it
 * @param open its connections
 * @param isIntercepted whether it opens them with {@link RotatingLogins}
 */
record PoolFollower(HikariConfig config, CredentialsSource source, @Nullable PoolTarget target, PoolConnections open,
		boolean isIntercepted) implements Follower<Credentials> {

	@Override
	public @Nullable Credentials read(Environment environment) {
		return this.source.read(environment);
	}

	@Override
	public void apply(Credentials credentials) {
		this.config
			.setCredentials(com.zaxxer.hikari.util.Credentials.of(credentials.username(), credentials.password()));
		if (this.config instanceof HikariDataSource pool) {
			this.open.credentialsChanged(credentials, arrival(pool));
		}
	}

	/**
	 * How long to wait for connections that are being opened with former credentials. A
	 * pool that nobody intercepts may be logging in, unless it is full.
	 */
	private @Nullable Duration arrival(HikariDataSource pool) {
		if (this.isIntercepted) {
			return Duration.ofMillis(pool.getValidationTimeout());
		}
		HikariPoolMXBean running = pool.getHikariPoolMXBean();
		boolean full = running != null && running.getTotalConnections() >= pool.getMaximumPoolSize();
		return full ? null : Duration.ofMillis(pool.getConnectionTimeout());
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
