package io.github.secretsboot.refresh;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.secretsboot.Rotating;
import io.github.secretsboot.Secrets;
import io.github.secretsboot.env.TestApplication;
import io.github.secretsboot.test.SecretsManagerServer;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests that a rotating object ends with its application.
 */
class RotatingLifecycleTests {

	@Test
	void whenApplicationIsClosedThenNothingWaitsForTheGracePeriod() {
		try (SecretsManagerServer server = SecretsManagerServer.start()) {
			server.create("keys", Map.of("KEY", "canary-1"));
			AtomicInteger open;
			try (ConfigurableApplicationContext context = TestApplication.run(server, Beans.class,
					"--secrets.sources=keys")) {
				open = context.getBean(Beans.class).open;
				server.rotate("keys", Map.of("KEY", "canary-2"));
				context.getBean(Secrets.class).refresh();
				assertThat(open).hasValue(2);
			}
			assertThat(open).hasValue(0);
			await().atMost(Duration.ofSeconds(10))
				.until(() -> Thread.getAllStackTraces()
					.keySet()
					.stream()
					.noneMatch((thread) -> thread.getName().equals("secrets-close")));
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Beans {

		private final AtomicInteger open = new AtomicInteger();

		@Bean
		Rotating<AutoCloseable> client(Secrets secrets) {
			return secrets.rotating("keys", Duration.ofHours(1), (snapshot) -> {
				this.open.incrementAndGet();
				return this.open::decrementAndGet;
			});
		}

	}

}
