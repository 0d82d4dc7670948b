package io.github.secretsboot.follow.jdbc;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Function;

import javax.sql.DataSource;

import io.github.secretsboot.follow.BackgroundTasks;
import io.github.secretsboot.follow.ClientBeanPostProcessor;
import io.github.secretsboot.follow.Credentials;
import io.github.secretsboot.follow.CredentialsFinder;
import io.github.secretsboot.follow.CredentialsSource;
import io.github.secretsboot.follow.Followed;
import io.github.secretsboot.follow.Followers;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Has pools of one technology follow the secrets that their credentials are from.
 */
public final class Pools {

	private static final Log logger = LogFactory.getLog(Pools.class);

	private final Followers followers;

	private final CredentialsFinder finder;

	private final BackgroundTasks tasks;

	/** Pools that have been seen; they have no {@code equals} of their own. */
	private final Set<Object> known = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

	/**
	 * Create an instance that follows no pool yet.
	 * @param followers has clients follow
	 * @param finder finds where credentials come from
	 * @param tasks runs what the threads of pools must not wait for
	 */
	public Pools(Followers followers, CredentialsFinder finder, BackgroundTasks tasks) {
		this.followers = followers;
		this.finder = finder;
		this.tasks = tasks;
	}

	/**
	 * Have the pools of one type follow that are data sources, or behind such.
	 * @param <P> the type of the pools
	 * @param type the type of the pools
	 * @param adapter knows how to give them credentials
	 * @return a post-processor of all data sources
	 */
	public <P extends DataSource> ClientBeanPostProcessor<DataSource> postProcessor(Class<P> type,
			Function<P, Pool> adapter) {
		return new ClientBeanPostProcessor<>(DataSource.class,
				(beanName, dataSource) -> PoolFinder.find(dataSource, type)
					.stream()
					.<Followed<?>>flatMap((pool) -> follow(beanName, adapter.apply(pool)).stream())
					.toList());
	}

	/**
	 * Have a pool follow the secret that its credentials are from, if there is one. Does
	 * nothing the second time.
	 * @param beanName the name of its bean
	 * @param pool the pool
	 * @return what follows now
	 */
	public Collection<Followed<?>> follow(String beanName, Pool pool) {
		Credentials credentials = pool.credentials();
		if (credentials == null || !this.known.add(pool.identity())) {
			return List.of();
		}
		return this.finder.find(beanName, credentials)
			.<Collection<Followed<?>>>map((source) -> List.of(follow(beanName, pool, source, credentials)))
			.orElse(List.of());
	}

	private Followed<?> follow(String beanName, Pool pool, CredentialsSource source, Credentials credentials) {
		PoolConnections connections = new PoolConnections(pool, this.tasks, credentials);
		PoolTarget target = pool.target();
		String obstacle = pool.obstacle();
		Followed<Credentials> followed = this.followers.follow(beanName,
				new PoolFollower(pool, source, target, connections));
		if (target != null && obstacle == null) {
			pool.openWith(new RotatingLogins(target, source, followed, connections, pool::patience));
		}
		else {
			logger.warn("Pool '" + beanName + "' follows its secret, but refused logins are not tried again around a"
					+ " rotation, since " + obstacle);
		}
		return followed;
	}

	/**
	 * Have a pool follow that was made of a configuration which follows. Does nothing the
	 * second time.
	 * @param beanName the name of its bean
	 * @param pool the pool
	 * @param logins what the pool has from its configuration
	 * @return what follows now
	 */
	public Collection<Followed<?>> follow(String beanName, Pool pool, RotatingLogins logins) {
		if (!this.known.add(pool.identity())) {
			return List.of();
		}
		logins.connections().setPool(pool);
		return List.of(this.followers.follow(beanName,
				new PoolFollower(pool, logins.source(), logins.target(), logins.connections())));
	}

}
