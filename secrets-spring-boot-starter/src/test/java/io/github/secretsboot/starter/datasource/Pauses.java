package io.github.secretsboot.starter.datasource;

import java.time.Duration;

import org.awaitility.Awaitility;

/**
 * Lets real time pass, which a real database needs.
 */
final class Pauses {

	private Pauses() {
	}

	static void pause(long millis) {
		long end = System.nanoTime() + Duration.ofMillis(millis).toNanos();
		Awaitility.await()
			.pollDelay(Duration.ofMillis(Math.min(millis, 10)))
			.pollInterval(Duration.ofMillis(10))
			.atMost(Duration.ofMillis(millis + 10_000))
			.until(() -> System.nanoTime() >= end);
	}

}
