package io.github.secretsboot.follow.dbcp2;

import java.time.Duration;

import io.github.secretsboot.follow.BackgroundTasks;
import org.apache.commons.dbcp2.PoolableConnection;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.EvictionConfig;
import org.apache.commons.pool2.impl.EvictionPolicy;
import org.apache.commons.pool2.impl.GenericObjectPool;

/**
 * Has a pool close the connections that it had at a certain time. DBCP has no way to
 * close one that comes back, so idle ones are looked at each second while there are any.
 *
 * @param pool the pool
 * @param end the time, in milliseconds as DBCP tells them
 * @param others decides on all other connections
 * @param tasks looks at idle connections
 */
record FormerConnections(GenericObjectPool<PoolableConnection> pool, long end,
		EvictionPolicy<PoolableConnection> others,
		BackgroundTasks tasks) implements EvictionPolicy<PoolableConnection> {

	private static final Log logger = LogFactory.getLog(FormerConnections.class);

	private static final Duration INTERVAL = Duration.ofSeconds(1);

	/**
	 * Close all connections that there are, idle ones at once and the others when they
	 * are idle. Does not wait.
	 */
	static void retire(GenericObjectPool<PoolableConnection> pool, BackgroundTasks tasks) {
		EvictionPolicy<PoolableConnection> policy = pool.getEvictionPolicy();
		EvictionPolicy<PoolableConnection> others = (policy instanceof FormerConnections former) ? former.others()
				: policy;
		FormerConnections former = new FormerConnections(pool, System.currentTimeMillis(), others, tasks);
		pool.setEvictionPolicy(former);
		tasks.runLater(former::closeIdle, Duration.ZERO);
	}

	@Override
	public boolean evict(EvictionConfig config, PooledObject<PoolableConnection> connection, int idleCount) {
		return isFormer(connection.getCreateInstant().toEpochMilli())
				|| this.others.evict(config, connection, idleCount);
	}

	private boolean isFormer(long created) {
		return created < this.end;
	}

	private void closeIdle() {
		if (this.pool.getEvictionPolicy() != this || this.pool.isClosed()) {
			return;
		}
		try {
			for (int i = this.pool.getNumIdle(); i > 0; i--) {
				this.pool.evict();
			}
		}
		catch (Exception ex) {
			// The class alone: a message may quote anything
			logger.debug("Idle connections cannot be closed: " + ex.getClass().getName());
		}
		if (this.pool.listAllObjects().stream().anyMatch((info) -> isFormer(info.getCreateTime()))) {
			this.tasks.runLater(this::closeIdle, INTERVAL);
		}
	}

}
