package io.github.secretsboot.follow.hikari;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.function.Supplier;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.util.DriverDataSource;
import com.zaxxer.hikari.util.PropertyElf;
import com.zaxxer.hikari.util.UtilityElf;
import io.github.secretsboot.follow.Credentials;
import org.jspecify.annotations.Nullable;

/**
 * What a pool would open its connections with if nobody stepped in between. It is made
 * when the pool is started, so that it fails where it would have failed.
 */
final class PoolTarget {

	private final Supplier<DataSource> factory;

	private volatile @Nullable DataSource dataSource;

	private PoolTarget(Supplier<DataSource> factory) {
		this.factory = factory;
	}

	/**
	 * The database's own data source.
	 * @param config the configuration of the pool
	 * @return the data source, or {@code null} if it is not the pool's but comes from
	 * JNDI, or if there is none
	 */
	static @Nullable PoolTarget of(HikariConfig config) {
		DataSource given = config.getDataSource();
		if (given != null) {
			return new PoolTarget(() -> given);
		}
		if (config.getDataSourceClassName() != null) {
			return new PoolTarget(() -> ofClass(config));
		}
		if (config.getJdbcUrl() != null) {
			return new PoolTarget(() -> new DriverDataSource(config.getJdbcUrl(), config.getDriverClassName(),
					config.getDataSourceProperties(), null, null));
		}
		return null;
	}

	private static DataSource ofClass(HikariConfig config) {
		DataSource dataSource = UtilityElf.createInstance(config.getDataSourceClassName(), DataSource.class);
		PropertyElf.setTargetFromProperties(dataSource, config.getDataSourceProperties());
		return dataSource;
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
