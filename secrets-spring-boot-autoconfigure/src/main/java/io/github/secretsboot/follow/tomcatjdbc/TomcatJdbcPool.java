package io.github.secretsboot.follow.tomcatjdbc;

import java.time.Duration;

import io.github.secretsboot.follow.BackgroundTasks;
import io.github.secretsboot.follow.Credentials;
import io.github.secretsboot.follow.jdbc.Pool;
import io.github.secretsboot.follow.jdbc.PoolTarget;
import io.github.secretsboot.follow.jdbc.RotatingLogins;
import org.apache.tomcat.jdbc.pool.ConnectionPool;
import org.apache.tomcat.jdbc.pool.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A pool of Tomcat JDBC. It looks at its configuration whenever it opens a connection, so
 * that it makes no difference whether it has been started.
 *
 * @param dataSource the pool
 * @param tasks closes idle connections, whose locks other threads may hold
 */
record TomcatJdbcPool(DataSource dataSource, BackgroundTasks tasks) implements Pool {

	private static final Duration UNLIMITED = Duration.ofDays(1);

	/** The part of the longest wait after which callers are told why. */
	private static final double PATIENCE = 0.9;

	@Override
	public Object identity() {
		return this.dataSource;
	}

	@Override
	public @Nullable Credentials credentials() {
		String password = this.dataSource.getPoolProperties().getPassword();
		return (password != null) ? new Credentials(this.dataSource.getUsername(), password) : null;
	}

	@Override
	public void setCredentials(Credentials credentials) {
		this.dataSource.setUsername(credentials.username());
		this.dataSource.setPassword(credentials.password());
	}

	@Override
	public @Nullable PoolTarget target() {
		if (this.dataSource.getDataSource() instanceof javax.sql.DataSource given) {
			return new PoolTarget(() -> given);
		}
		String url = this.dataSource.getUrl();
		boolean byDriver = this.dataSource.getDataSource() == null && this.dataSource.getDataSourceJNDI() == null;
		return (byDriver && url != null)
				? PoolTarget.ofDriver(url, this.dataSource.getDriverClassName(), this.dataSource.getDbProperties())
				: null;
	}

	@Override
	public @Nullable String obstacle() {
		return (target() == null) ? "it has neither a URL nor a data source of its own" : null;
	}

	@Override
	public void openWith(RotatingLogins logins) {
		this.dataSource.setDataSource(logins);
	}

	@Override
	public Duration patience() {
		int longest = this.dataSource.getMaxWait();
		return (longest > 0) ? Duration.ofMillis((long) (longest * PATIENCE)) : UNLIMITED;
	}

	@Override
	public boolean isClosed() {
		ConnectionPool running = this.dataSource.getPool();
		return running != null && running.isClosed();
	}

	@Override
	public boolean retireConnections() {
		ConnectionPool running = this.dataSource.getPool();
		if (running != null) {
			running.purgeOnReturn();
			this.tasks.runLater(() -> running.checkIdle(true), Duration.ZERO);
		}
		return running != null;
	}

}
