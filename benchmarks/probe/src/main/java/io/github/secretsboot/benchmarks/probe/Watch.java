package io.github.secretsboot.benchmarks.probe;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;

/**
 * Looks every half millisecond, for two minutes at most, whether the environment, an
 * {@code @Value} and a listener have all of the expected values.
 */
class Watch implements Runnable {

	private static final long PERIOD = TimeUnit.MICROSECONDS.toNanos(500);

	private static final long LIMIT = TimeUnit.MINUTES.toNanos(2);

	private final Map<String, String> expected;

	private final List<Function<String, @Nullable String>> views;

	private final long[] seenAfter;

	private final long start = System.nanoTime();

	Watch(Map<String, String> expected, Environment environment, Passes passes) {
		this.expected = expected;
		this.views = List.of(environment::getProperty, passes::injected, passes::told);
		this.seenAfter = new long[this.views.size()];
	}

	@Override
	public void run() {
		int seen = 0;
		while (seen < this.seenAfter.length && System.nanoTime() - this.start < LIMIT) {
			for (int i = 0; i < this.seenAfter.length; i++) {
				if (this.seenAfter[i] == 0 && isComplete(this.views.get(i))) {
					this.seenAfter[i] = System.nanoTime() - this.start;
					seen++;
				}
			}
			LockSupport.parkNanos(PERIOD);
		}
	}

	private boolean isComplete(Function<String, @Nullable String> view) {
		return this.expected.entrySet()
			.stream()
			.allMatch((property) -> property.getValue().equals(view.apply(property.getKey())));
	}

	/**
	 * When each of them had all values, zero where that never happened.
	 */
	long[] seenAfter() {
		return this.seenAfter;
	}

}
