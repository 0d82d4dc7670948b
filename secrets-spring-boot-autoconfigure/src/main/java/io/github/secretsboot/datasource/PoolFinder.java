package io.github.secretsboot.datasource;

import java.sql.SQLException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;
import org.springframework.util.ClassUtils;

/**
 * Finds the pools behind a data source: behind Spring's proxies and routers, and behind
 * whatever can be unwrapped.
 */
final class PoolFinder {

	private static final boolean SPRING_JDBC = ClassUtils
		.isPresent("org.springframework.jdbc.datasource.DelegatingDataSource", PoolFinder.class.getClassLoader());

	private PoolFinder() {
	}

	/**
	 * Find the pools. Opens no connection.
	 * @param dataSource a data source
	 * @return the pools; none if there are none, or none that can be seen
	 */
	static Set<HikariDataSource> find(DataSource dataSource) {
		Set<HikariDataSource> pools = Collections.newSetFromMap(new IdentityHashMap<>());
		find(dataSource, pools);
		return pools;
	}

	private static void find(DataSource dataSource, Set<HikariDataSource> pools) {
		if (dataSource instanceof HikariDataSource pool) {
			pools.add(pool);
		}
		else if (!SPRING_JDBC || !SpringJdbc.find(dataSource, pools)) {
			unwrap(dataSource, pools);
		}
	}

	private static void unwrap(DataSource dataSource, Set<HikariDataSource> pools) {
		try {
			if (dataSource.isWrapperFor(HikariDataSource.class)) {
				pools.add(dataSource.unwrap(HikariDataSource.class));
			}
		}
		catch (SQLException | RuntimeException ex) {
			// It does not say what it wraps
		}
	}

	/**
	 * Loaded only where Spring JDBC is there.
	 */
	private static final class SpringJdbc {

		static boolean find(DataSource dataSource, Set<HikariDataSource> pools) {
			if (dataSource instanceof DelegatingDataSource proxy) {
				DataSource target = proxy.getTargetDataSource();
				if (target != null) {
					PoolFinder.find(target, pools);
				}
				return true;
			}
			if (dataSource instanceof AbstractRoutingDataSource router) {
				router.getResolvedDataSources().values().forEach((target) -> PoolFinder.find(target, pools));
				DataSource other = router.getResolvedDefaultDataSource();
				if (other != null) {
					PoolFinder.find(other, pools);
				}
				return true;
			}
			return false;
		}

	}

}
