package io.github.secretsboot.starter.datasource;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;

import static org.awaitility.Awaitility.await;

/**
 * Queries a database without pause on sixteen threads, and has its pool open new
 * connections all the time.
 */
final class QueryLoad implements AutoCloseable {

	static final int THREADS = 16;

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final AtomicBoolean running = new AtomicBoolean(true);

	private final AtomicLong queries = new AtomicLong();

	private final AtomicLong longestMillis = new AtomicLong();

	private final List<String> failures = new CopyOnWriteArrayList<>();

	private final List<String> broken = new CopyOnWriteArrayList<>();

	QueryLoad(HikariDataSource pool, String sql) {
		for (int i = 0; i < THREADS; i++) {
			this.executor.execute(() -> query(pool, sql));
		}
		this.executor.execute(() -> churn(pool));
	}

	private void query(DataSource dataSource, String sql) {
		while (this.running.get()) {
			long start = System.nanoTime();
			try (Connection connection = dataSource.getConnection()) {
				try (Statement statement = connection.createStatement()) {
					for (int i = 0; i < 3; i++) {
						statement.execute(sql);
					}
					this.queries.addAndGet(3);
				}
				catch (SQLException ex) {
					this.broken.add(ex.toString());
				}
			}
			catch (SQLException ex) {
				this.failures.add(ex.toString());
			}
			long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
			this.longestMillis.accumulateAndGet(millis, Math::max);
		}
	}

	/**
	 * Closes ten connections a second, so that somebody logs in at any time.
	 */
	private void churn(HikariDataSource pool) {
		while (this.running.get()) {
			try (Connection connection = pool.getConnection()) {
				pool.evictConnection(connection);
			}
			catch (SQLException ex) {
				this.failures.add(ex.toString());
			}
			Pauses.pause(100);
		}
	}

	/**
	 * Wait until all threads have worked for a while.
	 */
	void awaitProgress() {
		long goal = this.queries.get() + 10 * THREADS;
		await().atMost(Duration.ofSeconds(60))
			.pollInterval(Duration.ofMillis(5))
			.until(() -> this.queries.get() > goal);
	}

	long queries() {
		return this.queries.get();
	}

	/** The longest that anybody waited for a connection and three queries. */
	long longestMillis() {
		return this.longestMillis.get();
	}

	/** Requests for a connection that failed. */
	List<String> failures() {
		return this.failures;
	}

	/** Connections that failed while they were in use. */
	List<String> broken() {
		return this.broken;
	}

	@Override
	public void close() {
		this.running.set(false);
		this.executor.shutdown();
		try {
			if (!this.executor.awaitTermination(60, TimeUnit.SECONDS)) {
				throw new IllegalStateException("Queries hang");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
