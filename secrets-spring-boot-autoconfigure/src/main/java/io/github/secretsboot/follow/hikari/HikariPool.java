package io.github.secretsboot.follow.hikari;

import java.time.Duration;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import com.zaxxer.hikari.util.DriverDataSource;
import com.zaxxer.hikari.util.PropertyElf;
import com.zaxxer.hikari.util.UtilityElf;
import io.github.secretsboot.follow.Credentials;
import io.github.secretsboot.follow.jdbc.Pool;
import io.github.secretsboot.follow.jdbc.PoolTarget;
import io.github.secretsboot.follow.jdbc.RotatingLogins;
import org.jspecify.annotations.Nullable;

/**
 * A pool of HikariCP, or the configuration that one will be made of.
 *
 * @param config the pool or its configuration
 */
record HikariPool(HikariConfig config) implements Pool {

	/** The part of a pool's connection time-out after which its callers are told why. */
	private static final double PATIENCE = 0.9;

	@Override
	public Object identity() {
		return this.config;
	}

	/**
	 * One that has its own way to get credentials is left alone.
	 */
	@Override
	public @Nullable Credentials credentials() {
		String username = this.config.getUsername();
		String password = this.config.getPassword();
		boolean own = this.config.getCredentialsProvider() != null;
		return (own || username == null || password == null) ? null : new Credentials(username, password);
	}

	@Override
	public void setCredentials(Credentials credentials) {
		this.config
			.setCredentials(com.zaxxer.hikari.util.Credentials.of(credentials.username(), credentials.password()));
	}

	@Override
	public @Nullable PoolTarget target() {
		DataSource given = this.config.getDataSource();
		if (given != null) {
			return new PoolTarget(() -> given);
		}
		if (this.config.getDataSourceClassName() != null) {
			return new PoolTarget(this::dataSourceOfClass);
		}
		if (this.config.getJdbcUrl() != null) {
			return new PoolTarget(() -> new DriverDataSource(this.config.getJdbcUrl(), this.config.getDriverClassName(),
					this.config.getDataSourceProperties(), null, null));
		}
		return null;
	}

	private DataSource dataSourceOfClass() {
		DataSource dataSource = UtilityElf.createInstance(this.config.getDataSourceClassName(), DataSource.class);
		PropertyElf.setTargetFromProperties(dataSource, this.config.getDataSourceProperties());
		return dataSource;
	}

	@Override
	public @Nullable String obstacle() {
		if (running() != null) {
			return "it was started by its own constructor: make the HikariConfig a bean, or use the constructor"
					+ " without parameters";
		}
		return (target() == null) ? "its data source comes from JNDI" : null;
	}

	@Override
	public void openWith(RotatingLogins logins) {
		this.config.setDataSource(logins);
	}

	@Override
	public Duration patience() {
		return Duration.ofMillis((long) (this.config.getConnectionTimeout() * PATIENCE));
	}

	@Override
	public boolean isClosed() {
		return this.config instanceof HikariDataSource pool && pool.isClosed();
	}

	@Override
	public boolean retireConnections() {
		HikariPoolMXBean running = running();
		if (running != null) {
			running.softEvictConnections();
		}
		return running != null;
	}

	private @Nullable HikariPoolMXBean running() {
		return (this.config instanceof HikariDataSource pool && !pool.isClosed()) ? pool.getHikariPoolMXBean() : null;
	}

	/**
	 * A pool that nobody intercepts may be logging in, unless it is full.
	 */
	@Override
	public @Nullable Duration arrival() {
		if (!(this.config instanceof HikariDataSource)) {
			return null;
		}
		if (this.config.getDataSource() instanceof RotatingLogins) {
			return Duration.ofMillis(this.config.getValidationTimeout());
		}
		HikariPoolMXBean running = running();
		boolean full = running != null && running.getTotalConnections() >= this.config.getMaximumPoolSize();
		return full ? null : Duration.ofMillis(this.config.getConnectionTimeout());
	}

}
