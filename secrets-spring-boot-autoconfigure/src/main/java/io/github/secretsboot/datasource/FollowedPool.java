package io.github.secretsboot.datasource;

import java.time.Duration;
import java.util.function.Supplier;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import com.zaxxer.hikari.util.Credentials;
import io.github.secretsboot.refresh.SecretConsumer;
import io.github.secretsboot.refresh.SecretConsumer.Mode;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * A pool that gets new credentials when they rotate. Its old connections are closed when
 * they are idle or come back, and never while they are in use.
 */
final class FollowedPool {

	private static final Log logger = LogFactory.getLog(FollowedPool.class);

	private final String beanName;

	private final HikariDataSource pool;

	private final CredentialSource source;

	private final @Nullable RotatingLogins logins;

	private DatabaseCredentials applied;

	/**
	 * Create a pool that has the credentials that are in use now.
	 * @param beanName the name of its bean
	 * @param pool the pool
	 * @param source where its credentials come from
	 * @param logins what it opens connections with, or {@code null} if it had been
	 * started before anybody could step in between
	 */
	FollowedPool(String beanName, HikariDataSource pool, CredentialSource source, @Nullable RotatingLogins logins) {
		this.beanName = beanName;
		this.pool = pool;
		this.source = source;
		this.logins = logins;
		this.applied = new DatabaseCredentials(pool.getUsername(), pool.getPassword());
	}

	String beanName() {
		return this.beanName;
	}

	CredentialSource source() {
		return this.source;
	}

	boolean isPool(HikariDataSource other) {
		return this.pool == other;
	}

	boolean isClosed() {
		return this.pool.isClosed();
	}

	/**
	 * How to log in to the pool's database with other credentials than the pool's.
	 * @return the login, or {@code null} if there is no way to
	 */
	@Nullable Login login() {
		if (this.logins != null) {
			return this.logins::login;
		}
		Supplier<DataSource> target = PoolTarget.of(this.pool);
		return (target != null)
				? (credentials) -> target.get().getConnection(credentials.username(), credentials.password()) : null;
	}

	/**
	 * Give the pool the credentials that are in use, if it has others, and retire the
	 * connections that it has.
	 * @return when to {@linkplain #retireConnections() retire} those that were being
	 * opened meanwhile, or {@code null} if there can be none
	 */
	synchronized @Nullable Duration follow() {
		DatabaseCredentials current = this.source.current();
		if (current.equals(this.applied)) {
			return null;
		}
		this.pool.setCredentials(Credentials.of(current.username(), current.password()));
		this.applied = current;
		retireConnections();
		logger.info("Pool '" + this.beanName + "' uses the new credentials of " + this.source.secretNames());
		if (this.logins == null) {
			return Duration.ofMillis(this.pool.getConnectionTimeout());
		}
		return this.logins.hasBeenUsed() ? Duration.ofMillis(this.pool.getValidationTimeout()) : null;
	}

	/**
	 * Close idle connections now and the others when they come back.
	 */
	void retireConnections() {
		HikariPoolMXBean running = this.pool.getHikariPoolMXBean();
		if (running != null && !this.pool.isClosed()) {
			running.softEvictConnections();
		}
	}

	SecretConsumer asConsumer() {
		return new SecretConsumer(this.beanName, "credentials", this.source.propertyNames(), Mode.LIVE);
	}

}
