package io.github.secretsboot.datasource;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.secretsboot.SecretChange;
import io.github.secretsboot.refresh.RefreshListener;
import io.github.secretsboot.refresh.SecretConsumer;
import io.github.secretsboot.refresh.SecretFollower;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.Ordered;

/**
 * The pools of an application context whose credentials come from secrets. Pools are
 * added by whichever thread creates them, and get new credentials on the thread of the
 * pass that brought them, before the application's own listeners are called.
 */
class FollowedPools implements RefreshListener, SecretFollower, SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(FollowedPools.class);

	/** The part of a pool's connection time-out after which its callers are told why. */
	private static final double PATIENCE = 0.9;

	private final CredentialSourceFinder finder;

	private final BackgroundTasks tasks;

	private final Duration windowLength;

	private final List<FollowedPool> pools = new CopyOnWriteArrayList<>();

	FollowedPools(CredentialSourceFinder finder, BackgroundTasks tasks, Duration windowLength) {
		this.finder = finder;
		this.tasks = tasks;
		this.windowLength = windowLength;
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	/**
	 * Have a pool follow the secret that its credentials are from, if any. One that has
	 * its own way to get them is left alone.
	 * @param beanName the name of the bean
	 * @param config the pool, or the configuration that one will be made of
	 */
	void add(String beanName, HikariConfig config) {
		if (config instanceof HikariDataSource pool && this.pools.stream().anyMatch((known) -> known.isPool(pool))) {
			return;
		}
		if (config.getDataSource() instanceof RotatingLogins logins) {
			add(beanName, config, logins.source(), logins);
			return;
		}
		if (config.getCredentialsProvider() == null && config.getUsername() != null && config.getPassword() != null) {
			Optional<CredentialSource> found = this.finder.find(beanName,
					new DatabaseCredentials(config.getUsername(), config.getPassword()));
			found.ifPresent((source) -> add(beanName, config, source, intercept(beanName, config, source)));
		}
	}

	private void add(String beanName, HikariConfig config, CredentialSource source, @Nullable RotatingLogins logins) {
		if (config instanceof HikariDataSource pool) {
			if (logins != null) {
				logins.setPool(pool);
			}
			this.pools.removeIf(FollowedPool::isClosed);
			this.pools.add(new FollowedPool(beanName, pool, source, logins));
		}
	}

	private @Nullable RotatingLogins intercept(String beanName, HikariConfig config, CredentialSource source) {
		Supplier<DataSource> target = PoolTarget.of(config);
		boolean started = config instanceof HikariDataSource pool && pool.getHikariPoolMXBean() != null;
		if (target == null || started) {
			logger.warn("Pool '" + beanName + "' follows " + source.secretNames()
					+ ", but refused logins are not tried again around a rotation, since "
					+ (started
							? "it was started by its own constructor:"
									+ " make the HikariConfig a bean, or use the constructor without parameters"
							: "its data source comes from JNDI"));
			return null;
		}
		RotationWindow window = new RotationWindow(
				new RotationWindow.Settings("Pool '" + beanName + "'", this.windowLength, Clock.systemUTC()),
				source::current, () -> this.tasks.requestCheck(source.secretNames()));
		RotatingLogins logins = new RotatingLogins(target, source, window, () -> patience(config));
		config.setDataSource(logins);
		return logins;
	}

	/**
	 * A login that waits no longer than those who wait for it, so that they learn what
	 * the database said.
	 */
	private Duration patience(HikariConfig config) {
		Duration patience = Duration.ofMillis((long) (config.getConnectionTimeout() * PATIENCE));
		return (patience.compareTo(this.windowLength) < 0) ? patience : this.windowLength;
	}

	/**
	 * The pools that are fed by a secret.
	 */
	List<FollowedPool> pools() {
		return this.pools.stream().filter((pool) -> !pool.isClosed()).toList();
	}

	@Override
	public void afterSingletonsInstantiated() {
		followAll();
	}

	@Override
	public void onChanged(List<SecretChange> changes) {
		followAll();
	}

	private void followAll() {
		for (FollowedPool pool : pools()) {
			Duration delay = pool.follow();
			if (delay != null) {
				this.tasks.runLater(pool::retireConnections, delay);
			}
		}
	}

	@Override
	public List<SecretConsumer> consumers() {
		return pools().stream().map(FollowedPool::asConsumer).toList();
	}

}
