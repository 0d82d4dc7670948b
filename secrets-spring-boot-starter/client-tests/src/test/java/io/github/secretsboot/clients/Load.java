package io.github.secretsboot.clients;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;

import org.springframework.core.NestedExceptionUtils;

import static org.awaitility.Awaitility.await;

/**
 * Does the same thing again and again on several threads.
 */
final class Load implements AutoCloseable {

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final AtomicBoolean running = new AtomicBoolean(true);

	private final AtomicLongArray done;

	private final AtomicLong longestMillis = new AtomicLong();

	private final List<String> failures = new CopyOnWriteArrayList<>();

	Load(int threads, Operation operation) {
		this.done = new AtomicLongArray(threads);
		for (int i = 0; i < threads; i++) {
			int thread = i;
			this.executor.execute(() -> repeat(operation, thread));
		}
	}

	private void repeat(Operation operation, int thread) {
		while (this.running.get()) {
			long start = System.nanoTime();
			try {
				operation.run();
				this.done.incrementAndGet(thread);
			}
			catch (Exception ex) {
				this.failures.add(ex + " caused by " + NestedExceptionUtils.getMostSpecificCause(ex));
			}
			this.longestMillis.accumulateAndGet(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start), Math::max);
		}
	}

	/** Wait until each thread has got on. */
	void awaitProgress() {
		long[] before = IntStream.range(0, this.done.length()).mapToLong(this.done::get).toArray();
		await().atMost(Duration.ofSeconds(60))
			.pollInterval(Duration.ofMillis(5))
			.until(() -> IntStream.range(0, before.length).allMatch((i) -> this.done.get(i) >= before[i] + 3));
	}

	long done() {
		return IntStream.range(0, this.done.length()).mapToLong(this.done::get).sum();
	}

	List<String> failures() {
		return this.failures;
	}

	@Override
	public void close() {
		this.running.set(false);
		this.executor.shutdown();
		try {
			if (!this.executor.awaitTermination(60, TimeUnit.SECONDS)) {
				throw new IllegalStateException("Operations hang");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public String toString() {
		return done() + " operations, " + this.failures.size() + " failed, longest " + this.longestMillis + " ms";
	}

	@FunctionalInterface
	interface Operation {

		void run() throws Exception;

	}

}
