package io.github.secretsboot.datasource;

import java.util.function.Supplier;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.util.DriverDataSource;
import com.zaxxer.hikari.util.PropertyElf;
import com.zaxxer.hikari.util.UtilityElf;
import org.jspecify.annotations.Nullable;

/**
 * What a pool would open its connections with if nobody stepped in between.
 */
final class PoolTarget {

	private PoolTarget() {
	}

	/**
	 * The database's own data source.
	 * @param config the configuration of the pool
	 * @return makes the data source, or {@code null} if it is not the pool's but comes
	 * from JNDI, or if there is none
	 */
	static @Nullable Supplier<DataSource> of(HikariConfig config) {
		DataSource given = config.getDataSource();
		if (given != null) {
			return () -> given;
		}
		if (config.getDataSourceClassName() != null) {
			return () -> ofClass(config);
		}
		if (config.getJdbcUrl() != null) {
			return () -> new DriverDataSource(config.getJdbcUrl(), config.getDriverClassName(),
					config.getDataSourceProperties(), null, null);
		}
		return null;
	}

	private static DataSource ofClass(HikariConfig config) {
		DataSource dataSource = UtilityElf.createInstance(config.getDataSourceClassName(), DataSource.class);
		PropertyElf.setTargetFromProperties(dataSource, config.getDataSourceProperties());
		return dataSource;
	}

}
