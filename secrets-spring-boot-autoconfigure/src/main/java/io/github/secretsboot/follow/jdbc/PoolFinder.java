package io.github.secretsboot.follow.jdbc;

import java.sql.SQLException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;
import org.springframework.util.ClassUtils;

/**
 * Finds the pools behind a data source: behind Spring's proxies and routers, and behind
 * whatever can be unwrapped.
 *
 * @param <P> the type of the pools
 */
public final class PoolFinder<P extends DataSource> {

	private static final boolean SPRING_JDBC = ClassUtils
		.isPresent("org.springframework.jdbc.datasource.DelegatingDataSource", PoolFinder.class.getClassLoader());

	private final Class<P> type;

	private final Set<P> pools = Collections.newSetFromMap(new IdentityHashMap<>());

	private PoolFinder(Class<P> type) {
		this.type = type;
	}

	/**
	 * Find the pools. Opens no connection.
	 * @param <P> the type of the pools
	 * @param dataSource a data source
	 * @param type the type of the pools
	 * @return the pools; none if there are none, or none that can be seen
	 */
	public static <P extends DataSource> Set<P> find(DataSource dataSource, Class<P> type) {
		PoolFinder<P> finder = new PoolFinder<>(type);
		finder.find(dataSource);
		return finder.pools;
	}

	private void find(DataSource dataSource) {
		if (this.type.isInstance(dataSource)) {
			this.pools.add(this.type.cast(dataSource));
		}
		else if (!SPRING_JDBC || !SpringJdbc.find(dataSource, this)) {
			unwrap(dataSource);
		}
	}

	private void unwrap(DataSource dataSource) {
		try {
			if (dataSource.isWrapperFor(this.type)) {
				this.pools.add(dataSource.unwrap(this.type));
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

		static boolean find(DataSource dataSource, PoolFinder<?> finder) {
			if (dataSource instanceof DelegatingDataSource proxy) {
				DataSource target = proxy.getTargetDataSource();
				if (target != null) {
					finder.find(target);
				}
				return true;
			}
			if (dataSource instanceof AbstractRoutingDataSource router) {
				router.getResolvedDataSources().values().forEach(finder::find);
				DataSource other = router.getResolvedDefaultDataSource();
				if (other != null) {
					finder.find(other);
				}
				return true;
			}
			return false;
		}

	}

}
