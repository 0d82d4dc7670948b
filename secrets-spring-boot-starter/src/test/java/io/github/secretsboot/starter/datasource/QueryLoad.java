package io.github.secretsboot.starter.datasource;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import com.zaxxer.hikari.HikariDataSource;
import org.jspecify.annotations.Nullable;

import org.springframework.core.NestedExceptionUtils;

import static org.awaitility.Awaitility.await;

/**
 * Queries a database without pause on sixteen threads, and has its pool open new
 * connections all the time.
 */
final class QueryLoad implements AutoCloseable {

	static final int THREADS = 16;

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

	private final AtomicBoolean running = new AtomicBoolean(true);

	private final AtomicLongArray queries = new AtomicLongArray(THREADS);

	private final AtomicLong longestMillis = new AtomicLong();

	private final List<String> failures = new CopyOnWriteArrayList<>();

	private final List<String> broken = new CopyOnWriteArrayList<>();

	/**
	 * Query a pool with plain JDBC.
	 */
	QueryLoad(HikariDataSource pool) {
		this(pool, null);
	}

	/**
	 * Query a pool with something else.
	 */
	QueryLoad(HikariDataSource pool, @Nullable Runnable query) {
		this(pool, query, true);
	}

	/**
	 * Query a pool whose connections are closed by nobody else.
	 */
	static QueryLoad withoutChurn(HikariDataSource pool) {
		return new QueryLoad(pool, null, false);
	}

	private QueryLoad(HikariDataSource pool, @Nullable Runnable query, boolean churn) {
		for (int i = 0; i < THREADS; i++) {
			int thread = i;
			this.executor.execute(() -> repeat((query != null) ? query : () -> query(pool), thread));
		}
		if (churn) {
			this.timer.scheduleWithFixedDelay(() -> churn(pool), 0, 100, TimeUnit.MILLISECONDS);
		}
	}

	private void repeat(Runnable query, int thread) {
		while (this.running.get()) {
			long start = System.nanoTime();
			try {
				query.run();
				this.queries.incrementAndGet(thread);
			}
			catch (RuntimeException ex) {
				this.failures.add(ex + " caused by " + NestedExceptionUtils.getMostSpecificCause(ex));
			}
			long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
			this.longestMillis.accumulateAndGet(millis, Math::max);
		}
	}

	private void query(HikariDataSource pool) {
		try (Connection connection = pool.getConnection()) {
			try (Statement statement = connection.createStatement()) {
				for (int i = 0; i < 3; i++) {
					statement.execute("SELECT 1");
				}
			}
			catch (SQLException ex) {
				this.broken.add(ex.toString());
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Close a connection, ten times a second, so that somebody logs in at any time.
	 */
	private void churn(HikariDataSource pool) {
		try (Connection connection = pool.getConnection()) {
			pool.evictConnection(connection);
		}
		catch (SQLException | RuntimeException ex) {
			this.failures.add(ex.toString());
		}
	}

	/**
	 * Wait until each thread has worked for a while.
	 */
	void awaitProgress() {
		long[] before = counts().toArray();
		await().atMost(Duration.ofSeconds(60))
			.pollInterval(Duration.ofMillis(5))
			.until(() -> !this.failures.isEmpty()
					|| IntStream.range(0, THREADS).allMatch((i) -> this.queries.get(i) >= before[i] + 5));
	}

	private LongStream counts() {
		return IntStream.range(0, THREADS).mapToLong(this.queries::get);
	}

	long queries() {
		return counts().sum();
	}

	/** The longest request, from asking for a connection to giving it back. */
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
		this.timer.shutdown();
		this.executor.shutdown();
		try {
			if (!this.timer.awaitTermination(60, TimeUnit.SECONDS)
					|| !this.executor.awaitTermination(60, TimeUnit.SECONDS)) {
				throw new IllegalStateException("Queries hang");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
