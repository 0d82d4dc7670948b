package io.github.secretsboot.follow.jdbc;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.logging.Logger;

import javax.sql.DataSource;

import io.github.secretsboot.follow.Credentials;
import io.github.secretsboot.follow.CredentialsSource;
import io.github.secretsboot.follow.Followed;

/**
 * What a pool opens its connections with: the database's own data source, asked with the
 * credentials that are in use at that moment, whatever the pool thinks they are. A login
 * that is refused is tried again within the rotation window. A connection whose
 * credentials were replaced while it was opened never reaches the pool.
 * <p>
 * Runs on the threads of the pool, and never calls AWS on them: these may hold locks of
 * the pool.
 */
public final class RotatingLogins implements DataSource {

	private final PoolTarget target;

	private final CredentialsSource source;

	private final Followed<Credentials> credentials;

	private final PoolConnections connections;

	private final Supplier<Duration> patience;

	/**
	 * Create logins.
	 * @param target the database
	 * @param source where the credentials come from
	 * @param credentials the credentials in use
	 * @param connections the connections of the pool
	 * @param patience how long one login may wait
	 */
	RotatingLogins(PoolTarget target, CredentialsSource source, Followed<Credentials> credentials,
			PoolConnections connections, Supplier<Duration> patience) {
		this.target = target;
		this.source = source;
		this.credentials = credentials;
		this.connections = connections;
		this.patience = patience;
	}

	PoolTarget target() {
		return this.target;
	}

	CredentialsSource source() {
		return this.source;
	}

	PoolConnections connections() {
		return this.connections;
	}

	@Override
	public Connection getConnection() throws SQLException {
		while (true) {
			Opened opened = this.credentials.attempt(this::open, this.patience.get(),
					() -> !this.connections.isClosed());
			if (opened.credentials().equals(this.credentials.get())) {
				return opened.connection();
			}
			opened.connection().close();
		}
	}

	private Opened open(Credentials pair) throws SQLException {
		this.connections.beforeLogin(pair);
		return new Opened(this.target.login(pair), pair);
	}

	/**
	 * Log in as the credentials in use say, and not as the pool remembers.
	 */
	@Override
	public Connection getConnection(String username, String password) throws SQLException {
		return getConnection();
	}

	@Override
	public PrintWriter getLogWriter() throws SQLException {
		return this.target.get().getLogWriter();
	}

	@Override
	public void setLogWriter(PrintWriter out) throws SQLException {
		this.target.get().setLogWriter(out);
	}

	@Override
	public void setLoginTimeout(int seconds) throws SQLException {
		this.target.get().setLoginTimeout(seconds);
	}

	@Override
	public int getLoginTimeout() throws SQLException {
		return this.target.get().getLoginTimeout();
	}

	@Override
	public Logger getParentLogger() throws SQLFeatureNotSupportedException {
		return this.target.get().getParentLogger();
	}

	@Override
	public <T> T unwrap(Class<T> type) throws SQLException {
		DataSource target = this.target.get();
		return type.isInstance(target) ? type.cast(target) : target.unwrap(type);
	}

	@Override
	public boolean isWrapperFor(Class<?> type) throws SQLException {
		DataSource target = this.target.get();
		return type.isInstance(target) || target.isWrapperFor(type);
	}

	private record Opened(Connection connection, Credentials credentials) {
	}

}
