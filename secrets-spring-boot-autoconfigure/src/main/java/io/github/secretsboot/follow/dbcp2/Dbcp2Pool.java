package io.github.secretsboot.follow.dbcp2;

import java.time.Duration;
import java.util.Properties;

import io.github.secretsboot.follow.BackgroundTasks;
import io.github.secretsboot.follow.Credentials;
import io.github.secretsboot.follow.jdbc.Pool;
import io.github.secretsboot.follow.jdbc.PoolTarget;
import io.github.secretsboot.follow.jdbc.RotatingLogins;
import org.apache.commons.dbcp2.BasicDataSource;
import org.apache.commons.dbcp2.PoolableConnection;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.datasource.SimpleDriverDataSource;

/**
 * A pool of Apache Commons DBCP 2. Until it is started it can be given a driver; after
 * that it reads the properties of its connections only.
 */
final class Dbcp2Pool implements Pool {

	private static final Duration UNLIMITED = Duration.ofDays(1);

	/** The part of the longest wait after which callers are told why. */
	private static final double PATIENCE = 0.9;

	private final BasicDataSource dataSource;

	private final BackgroundTasks tasks;

	/** What the pool tells its driver, known when it does so for the first time. */
	private final Properties properties = new Properties();

	Dbcp2Pool(BasicDataSource dataSource, BackgroundTasks tasks) {
		this.dataSource = dataSource;
		this.tasks = tasks;
	}

	@Override
	public Object identity() {
		return this.dataSource;
	}

	/**
	 * DBCP deprecates the getter since JMX calls it, and has no other one.
	 */
	@Override
	@SuppressWarnings("deprecation")
	public @Nullable Credentials credentials() {
		String password = this.dataSource.getPassword();
		return (password != null) ? new Credentials(this.dataSource.getUserName(), password) : null;
	}

	@Override
	public void setCredentials(Credentials credentials) {
		this.dataSource.setUsername(credentials.username());
		this.dataSource.setPassword(credentials.password());
		if (credentials.username() != null) {
			this.dataSource.addConnectionProperty("user", credentials.username());
		}
		this.dataSource.addConnectionProperty("password", credentials.password());
	}

	@Override
	public @Nullable PoolTarget target() {
		String url = this.dataSource.getUrl();
		if (url == null) {
			return null;
		}
		return (this.dataSource.getDriver() == null)
				? PoolTarget.ofDriver(url, this.dataSource.getDriverClassName(), this.properties)
				: new PoolTarget(() -> new SimpleDriverDataSource(this.dataSource.getDriver(), url, this.properties));
	}

	@Override
	public @Nullable String obstacle() {
		if (this.dataSource.getConnectionPool() != null) {
			return "it was started before it became a bean: leave that to its first user";
		}
		return (this.dataSource.getUrl() == null) ? "it has no URL" : null;
	}

	@Override
	public void openWith(RotatingLogins logins) {
		this.dataSource.setDriver(new RotatingDriver(logins, this.properties));
	}

	@Override
	public Duration patience() {
		Duration longest = this.dataSource.getMaxWaitDuration();
		return longest.isNegative() ? UNLIMITED : Duration.ofMillis((long) (longest.toMillis() * PATIENCE));
	}

	@Override
	public boolean isClosed() {
		return this.dataSource.isClosed();
	}

	@Override
	public boolean retireConnections() {
		GenericObjectPool<PoolableConnection> running = this.dataSource.getConnectionPool();
		if (running != null) {
			FormerConnections.retire(running, this.tasks);
		}
		return running != null;
	}

}
