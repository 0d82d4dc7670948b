package io.github.secretsboot.follow.hikari;

import java.time.Duration;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.github.secretsboot.follow.BackgroundTasks;
import io.github.secretsboot.follow.Credentials;
import org.jspecify.annotations.Nullable;

/**
 * Retires the connections of a pool that were opened with former credentials: idle ones
 * now, the others when they come back. Each pair has its predecessors retired before the
 * first connection is opened with it, so that no new connection is closed.
 * <p>
 * HikariCP adds connections on one thread. What it has opened and not yet added when
 * credentials change is therefore in the pool when that thread asks for the next one, or
 * soon after if it does not.
 */
final class PoolConnections {

	private final BackgroundTasks tasks;

	private @Nullable HikariDataSource pool;

	private Credentials credentials;

	/** Whether the pool may still be given connections with former credentials. */
	private boolean stragglers;

	PoolConnections(BackgroundTasks tasks, Credentials credentials) {
		this.tasks = tasks;
		this.credentials = credentials;
	}

	synchronized void setPool(HikariDataSource pool) {
		this.pool = pool;
	}

	synchronized boolean isClosed() {
		return this.pool != null && this.pool.isClosed();
	}

	/**
	 * A connection is about to be opened.
	 */
	synchronized void beforeLogin(Credentials credentials) {
		boolean changed = !credentials.equals(this.credentials);
		if (changed || this.stragglers) {
			this.credentials = credentials;
			this.stragglers = !retire();
		}
	}

	/**
	 * The pool has been given credentials.
	 * @param arrival how long the pool may take to add a connection that it has opened,
	 * or {@code null} if there can be none
	 */
	synchronized void credentialsChanged(Credentials credentials, @Nullable Duration arrival) {
		if (!credentials.equals(this.credentials)) {
			this.credentials = credentials;
			retire();
			if (arrival != null) {
				this.stragglers = true;
				this.tasks.runLater(this::retireStragglers, arrival);
			}
		}
	}

	private synchronized void retireStragglers() {
		if (this.stragglers) {
			this.stragglers = false;
			retire();
		}
	}

	/**
	 * Close what can be closed.
	 * @return whether there is a pool that is running
	 */
	private boolean retire() {
		HikariDataSource pool = this.pool;
		HikariPoolMXBean running = (pool != null && !pool.isClosed()) ? pool.getHikariPoolMXBean() : null;
		if (running != null) {
			running.softEvictConnections();
		}
		return running != null;
	}

}
