package io.github.secretsboot.follow.jdbc;

import java.time.Duration;

import io.github.secretsboot.follow.BackgroundTasks;
import io.github.secretsboot.follow.Credentials;

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

	private volatile Pool pool;

	private Credentials credentials;

	/** Whether the pool may still be given connections with former credentials. */
	private boolean stragglers;

	PoolConnections(Pool pool, BackgroundTasks tasks, Credentials credentials) {
		this.pool = pool;
		this.tasks = tasks;
		this.credentials = credentials;
	}

	/**
	 * The pool has been made of its configuration.
	 */
	void setPool(Pool pool) {
		this.pool = pool;
	}

	boolean isClosed() {
		return this.pool.isClosed();
	}

	/**
	 * A connection is about to be opened.
	 */
	synchronized void beforeLogin(Credentials credentials) {
		boolean changed = !credentials.equals(this.credentials);
		if (changed || this.stragglers) {
			this.credentials = credentials;
			this.stragglers = !this.pool.retireConnections();
		}
	}

	/**
	 * The pool has been given credentials.
	 */
	synchronized void credentialsChanged(Credentials credentials) {
		if (!credentials.equals(this.credentials)) {
			this.credentials = credentials;
			this.pool.retireConnections();
			Duration arrival = this.pool.arrival();
			if (arrival != null) {
				this.stragglers = true;
				this.tasks.runLater(this::retireStragglers, arrival);
			}
		}
	}

	private synchronized void retireStragglers() {
		if (this.stragglers) {
			this.stragglers = false;
			this.pool.retireConnections();
		}
	}

}
