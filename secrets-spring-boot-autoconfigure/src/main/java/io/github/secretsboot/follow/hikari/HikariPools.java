package io.github.secretsboot.follow.hikari;

import java.util.Collection;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.secretsboot.follow.Followed;
import io.github.secretsboot.follow.jdbc.PoolFinder;
import io.github.secretsboot.follow.jdbc.Pools;
import io.github.secretsboot.follow.jdbc.RotatingLogins;

/**
 * Has pools of HikariCP follow the secrets that their credentials are from.
 */
class HikariPools {

	private final Pools pools;

	HikariPools(Pools pools) {
		this.pools = pools;
	}

	/**
	 * Have the pools behind a data source follow.
	 */
	Collection<Followed<?>> followPoolsOf(String beanName, DataSource dataSource) {
		return PoolFinder.find(dataSource, HikariDataSource.class)
			.stream()
			.<Followed<?>>flatMap((pool) -> follow(beanName, pool).stream())
			.toList();
	}

	/**
	 * Have a pool follow, or the configuration that one will be made of. A pool that was
	 * made of a configuration which follows asks that for credentials.
	 */
	Collection<Followed<?>> follow(String beanName, HikariConfig config) {
		HikariPool pool = new HikariPool(config);
		return (config.getDataSource() instanceof RotatingLogins logins && config instanceof HikariDataSource)
				? this.pools.follow(beanName, pool, logins) : this.pools.follow(beanName, pool);
	}

}
