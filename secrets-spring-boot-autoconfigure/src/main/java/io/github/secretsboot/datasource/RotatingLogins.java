package io.github.secretsboot.datasource;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.logging.Logger;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.github.secretsboot.datasource.RotationWindow.Opened;
import org.jspecify.annotations.Nullable;

/**
 * What a pool opens its connections with: the database's own data source, asked with the
 * credentials that are in use at that moment, whatever the pool thinks they are. A login
 * that is refused is tried again within the {@link RotationWindow}. A connection whose
 * credentials were replaced while it was opened never reaches the pool.
 * <p>
 * Runs on the threads of the pool, and never calls AWS on them: these may hold locks of
 * the pool.
 */
final class RotatingLogins implements DataSource {

	private static final Duration PAUSE = Duration.ofMillis(100);

	private final Supplier<DataSource> factory;

	private final CredentialSource source;

	private final RotationWindow window;

	private final Supplier<Duration> patience;

	private volatile @Nullable DataSource target;

	private volatile @Nullable HikariDataSource pool;

	private volatile boolean used;

	/**
	 * Create logins.
	 * @param factory makes the database's own data source, which is put off until the
	 * pool is started so that it fails where it would have failed
	 * @param source the credentials in use
	 * @param window waits for better ones
	 * @param patience how long one login may wait
	 */
	RotatingLogins(Supplier<DataSource> factory, CredentialSource source, RotationWindow window,
			Supplier<Duration> patience) {
		this.factory = factory;
		this.source = source;
		this.window = window;
		this.patience = patience;
	}

	CredentialSource source() {
		return this.source;
	}

	/**
	 * Make the pool known, so that nobody waits for a connection that it no longer wants.
	 */
	void setPool(HikariDataSource pool) {
		this.pool = pool;
	}

	@Override
	public Connection getConnection() throws SQLException {
		while (true) {
			Opened opened = this.window.login(this::login, this.patience.get(), this::pause);
			this.used = true;
			if (opened.credentials().equals(this.source.current())) {
				return opened.connection();
			}
			opened.connection().close();
		}
	}

	private boolean pause() {
		LockSupport.parkNanos(PAUSE.toNanos());
		HikariDataSource pool = this.pool;
		return !Thread.currentThread().isInterrupted() && (pool == null || !pool.isClosed());
	}

	/**
	 * Log in as the credentials in use say, and not as the pool remembers.
	 */
	@Override
	public Connection getConnection(String username, String password) throws SQLException {
		return getConnection();
	}

	/**
	 * Log in once, past the window.
	 * @param credentials as whom
	 * @return the connection
	 * @throws SQLException if that fails
	 */
	Connection login(DatabaseCredentials credentials) throws SQLException {
		return target().getConnection(credentials.username(), credentials.password());
	}

	/**
	 * Whether a connection has been handed to the pool since somebody last asked. It may
	 * be so new that the pool does not know it yet.
	 */
	boolean hasBeenUsed() {
		boolean used = this.used;
		this.used = false;
		return used;
	}

	private DataSource target() {
		DataSource target = this.target;
		if (target == null) {
			synchronized (this) {
				target = Objects.requireNonNullElseGet(this.target, this.factory);
				this.target = target;
			}
		}
		return target;
	}

	@Override
	public PrintWriter getLogWriter() throws SQLException {
		return target().getLogWriter();
	}

	@Override
	public void setLogWriter(PrintWriter out) throws SQLException {
		target().setLogWriter(out);
	}

	@Override
	public void setLoginTimeout(int seconds) throws SQLException {
		target().setLoginTimeout(seconds);
	}

	@Override
	public int getLoginTimeout() throws SQLException {
		return target().getLoginTimeout();
	}

	@Override
	public Logger getParentLogger() throws SQLFeatureNotSupportedException {
		return target().getParentLogger();
	}

	@Override
	public <T> T unwrap(Class<T> type) throws SQLException {
		DataSource target = target();
		return type.isInstance(target) ? type.cast(target) : target.unwrap(type);
	}

	@Override
	public boolean isWrapperFor(Class<?> type) throws SQLException {
		DataSource target = target();
		return type.isInstance(target) || target.isWrapperFor(type);
	}

}
