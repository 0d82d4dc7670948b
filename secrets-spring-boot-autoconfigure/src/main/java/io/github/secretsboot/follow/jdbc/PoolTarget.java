package io.github.secretsboot.follow.jdbc;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Properties;
import java.util.function.Supplier;

import javax.sql.DataSource;

import io.github.secretsboot.follow.Credentials;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.util.ClassUtils;

/**
 * What a pool would open its connections with if nobody stepped in between. It is made
 * when the pool is started, so that it fails where it would have failed.
 */
public final class PoolTarget {

	private final Supplier<DataSource> factory;

	private volatile @Nullable DataSource dataSource;

	/**
	 * Create a target.
	 * @param factory makes the database's own data source, once
	 */
	public PoolTarget(Supplier<DataSource> factory) {
		this.factory = factory;
	}

	/**
	 * A database that a driver connects to. Needs Spring JDBC.
	 * @param url the URL of the database
	 * @param driverClassName the driver's class, or {@code null} for the one that knows
	 * the URL
	 * @param properties what else to tell the driver
	 * @return the target
	 */
	public static PoolTarget ofDriver(String url, @Nullable String driverClassName, Properties properties) {
		return new PoolTarget(() -> new SimpleDriverDataSource(driver(url, driverClassName), url, properties));
	}

	private static Driver driver(String url, @Nullable String className) {
		try {
			return (className == null) ? DriverManager.getDriver(url)
					: (Driver) ClassUtils.resolveClassName(className, null).getDeclaredConstructor().newInstance();
		}
		catch (SQLException | ReflectiveOperationException ex) {
			throw new IllegalStateException("The driver of a pool cannot be created", ex);
		}
	}

	DataSource get() {
		DataSource dataSource = this.dataSource;
		if (dataSource == null) {
			synchronized (this) {
				dataSource = Objects.requireNonNullElseGet(this.dataSource, this.factory);
				this.dataSource = dataSource;
			}
		}
		return dataSource;
	}

	/**
	 * Log in once.
	 * @param credentials as whom
	 * @return the connection
	 * @throws SQLException if that fails
	 */
	Connection login(Credentials credentials) throws SQLException {
		return get().getConnection(credentials.username(), credentials.password());
	}

}
