package io.github.secretsboot.env;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The library's threads since the beginning of a test. Threads of earlier tests do not
 * count: those of a context that a {@code @SpringBootTest} left in the cache run as long
 * as the JVM.
 */
public final class SecretsThreads {

	private final Set<Thread> before = current();

	/**
	 * The threads of schedulers that were added since then and still run.
	 * @return the threads
	 */
	public Set<Thread> schedulers() {
		return current().stream()
			.filter((thread) -> !this.before.contains(thread) && thread.getName().startsWith("secrets-refresh-"))
			.collect(Collectors.toSet());
	}

	/**
	 * Assert that no thread that was added since then runs any more, or that it ends
	 * soon.
	 */
	public void assertNoneWasAdded() {
		await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(this.before).containsAll(current()));
	}

	private static Set<Thread> current() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("secrets-fetch")
					|| thread.getName().startsWith("secrets-refresh"))
			.collect(Collectors.toSet());
	}

}
