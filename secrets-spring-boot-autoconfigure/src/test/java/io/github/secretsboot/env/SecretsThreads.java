package io.github.secretsboot.env;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The library's threads that are there before a test, such as those of a context that a
 * {@code @SpringBootTest} left in the cache, and must be the only ones after it.
 */
public final class SecretsThreads {

	private final Set<Thread> before = current();

	/**
	 * Assert that there are no others any more, or soon.
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
