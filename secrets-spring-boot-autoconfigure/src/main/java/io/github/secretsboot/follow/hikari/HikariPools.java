package io.github.secretsboot.follow.hikari;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.secretsboot.follow.BackgroundTasks;
import io.github.secretsboot.follow.Credentials;
import io.github.secretsboot.follow.CredentialsFinder;
import io.github.secretsboot.follow.CredentialsSource;
import io.github.secretsboot.follow.Followed;
import io.github.secretsboot.follow.Followers;
import io.github.secretsboot.follow.jdbc.PoolFinder;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Has pools follow the secrets that their credentials are from.
 */
class HikariPools {

	private static final Log logger = LogFactory.getLog(HikariPools.class);

	/** The part of a pool's connection time-out after which its callers are told why. */
	private static final double PATIENCE = 0.9;

	private final Followers followers;

	private final CredentialsFinder finder;

	private final BackgroundTasks tasks;

	/** Pools that have been seen; they have no {@code equals} of their own. */
	private final Set<HikariConfig> known = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

	HikariPools(Followers followers, CredentialsFinder finder, BackgroundTasks tasks) {
		this.followers = followers;
		this.finder = finder;
		this.tasks = tasks;
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
	 * Have a pool follow, or the configuration that one will be made of. One that has its
	 * own way to get credentials is left alone.
	 */
	Collection<Followed<?>> follow(String beanName, HikariConfig config) {
		if (!this.known.add(config)) {
			return List.of();
		}
		if (config.getDataSource() instanceof RotatingLogins logins && config instanceof HikariDataSource pool) {
			return List.of(followConfiguration(beanName, pool, logins));
		}
		if (config.getCredentialsProvider() != null || config.getUsername() == null || config.getPassword() == null) {
			return List.of();
		}
		Credentials credentials = new Credentials(config.getUsername(), config.getPassword());
		Optional<CredentialsSource> source = this.finder.find(beanName, credentials);
		return source.<Collection<Followed<?>>>map((found) -> List.of(follow(beanName, config, found, credentials)))
			.orElse(List.of());
	}

	/**
	 * A pool that was made of a configuration which follows asks that for credentials.
	 */
	private Followed<?> followConfiguration(String beanName, HikariDataSource pool, RotatingLogins logins) {
		logins.connections().setPool(pool);
		return this.followers.follow(beanName,
				new PoolFollower(pool, logins.source(), logins.target(), logins.connections(), true));
	}

	private Followed<?> follow(String beanName, HikariConfig config, CredentialsSource source,
			Credentials credentials) {
		PoolConnections connections = new PoolConnections(this.tasks, credentials);
		boolean started = false;
		if (config instanceof HikariDataSource pool) {
			connections.setPool(pool);
			started = pool.getHikariPoolMXBean() != null;
		}
		PoolTarget target = PoolTarget.of(config);
		boolean intercepted = target != null && !started;
		Followed<Credentials> followed = this.followers.follow(beanName,
				new PoolFollower(config, source, target, connections, intercepted));
		if (target != null && !started) {
			config.setDataSource(new RotatingLogins(target, source, followed, connections,
					() -> Duration.ofMillis((long) (config.getConnectionTimeout() * PATIENCE))));
		}
		else {
			warn(beanName, started);
		}
		return followed;
	}

	private void warn(String beanName, boolean started) {
		logger.warn("Pool '" + beanName + "' follows its secret, but refused logins are not tried again around a"
				+ " rotation, since "
				+ (started ? "it was started by its own constructor: make the HikariConfig a bean, or use the"
						+ " constructor without parameters" : "its data source comes from JNDI"));
	}

}
