package io.github.secretsboot.refresh;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.secretsboot.SecretSnapshot;
import io.github.secretsboot.Secrets;
import io.github.secretsboot.context.DefaultSecrets;
import io.github.secretsboot.env.SecretsPropertySource;
import io.github.secretsboot.fetch.TestSecretReader;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests that readers on several threads never see anything but whole versions, and that
 * rotations leave nothing behind.
 */
@Timeout(60)
class ManyRotationsTests {

	private static final Log logger = LogFactory.getLog(ManyRotationsTests.class);

	private static final int ROTATIONS = 10_000;

	private static final int WARM_UP = 1_000;

	private static final long MAX_GROWTH = 8 * 1024 * 1024;

	private final TestSecretReader reader = new TestSecretReader().put("pair", pair(0)).put("other", "canary-0");

	private final SecretsEngine engine = TestEngine.loaded(this.reader, new MutableClock(), TestEngine.source("pair"),
			TestEngine.source("other"));

	private final Secrets secrets = new DefaultSecrets(this.engine);

	private final StandardEnvironment environment = new StandardEnvironment();

	private final LoggingSystem logging = LoggingSystem.get(getClass().getClassLoader());

	private final AtomicBoolean done = new AtomicBoolean();

	private final ExecutorService threads = Executors.newFixedThreadPool(3);

	@BeforeEach
	void logLess() {
		// Or it measures how fast a million lines are written
		this.logging.setLogLevel("org.springframework", LogLevel.INFO);
		this.logging.setLogLevel(SecretsEngine.class.getName(), LogLevel.WARN);
	}

	@AfterEach
	void stop() {
		this.logging.setLogLevel("org.springframework", null);
		this.logging.setLogLevel(SecretsEngine.class.getName(), null);
		this.done.set(true);
		this.threads.shutdownNow();
	}

	@Test
	void whenSecretRotatesManyTimesThenReadersSeeWholeVersionsAndNothingIsLeftBehind() throws Exception {
		this.environment.getPropertySources().addFirst(new SecretsPropertySource(this.engine));
		ConfigurationPropertySources.attach(this.environment);
		List<Future<Long>> readers = new ArrayList<>();
		readers.add(count(this::isTorn));
		readers.add(count(this::isMissing));
		readers.add(count(this::isUnbound));
		rotate(0, WARM_UP);
		long heap = usedHeap();
		int threadCount = Thread.activeCount();
		long start = System.nanoTime();
		rotate(WARM_UP, ROTATIONS);
		long millis = (System.nanoTime() - start) / 1_000_000;
		this.done.set(true);
		for (Future<Long> wrong : readers) {
			assertThat(wrong.get()).isZero();
		}
		// The thread of the last pass may still be about to end
		await().pollInSameThread()
			.atMost(Duration.ofSeconds(10))
			.untilAsserted(() -> assertThat(Thread.activeCount()).isLessThanOrEqualTo(threadCount));
		long growth = usedHeap() - heap;
		assertThat(growth).isLessThan(MAX_GROWTH);
		logger.info(ROTATIONS - WARM_UP + " rotations in " + millis + " ms, heap grew by " + growth / 1024 + " KiB");
	}

	private void rotate(int from, int to) {
		for (int i = from + 1; i <= to; i++) {
			this.reader.put("pair", pair(i));
			if (this.engine.refresh("pair").changes().size() != 1) {
				throw new IllegalStateException("Rotation " + i + " was missed");
			}
		}
	}

	private static String pair(int number) {
		return "{\"USER_NAME\":\"canary-" + number + "\",\"USER_PASSWORD\":\"canary-" + number + "\"}";
	}

	/**
	 * How many reads were wrong.
	 */
	private Future<Long> count(Callable<Boolean> isWrong) {
		return this.threads.submit(() -> {
			long wrong = 0;
			while (!this.done.get()) {
				wrong += isWrong.call() ? 1 : 0;
				Thread.yield();
			}
			return wrong;
		});
	}

	private boolean isTorn() {
		SecretSnapshot snapshot = this.secrets.get("pair");
		String name = snapshot.get("USER_NAME");
		return name == null || !name.equals(snapshot.get("USER_PASSWORD"));
	}

	private boolean isMissing() {
		return this.environment.getProperty("USER_NAME") == null || !this.environment.containsProperty("USER_PASSWORD")
				|| this.environment.getProperty("other") == null;
	}

	private boolean isUnbound() {
		return this.environment.getProperty("user.password") == null
				|| this.environment.resolvePlaceholders("${user.password}-${other}").contains("$");
	}

	private static long usedHeap() {
		long used = Long.MAX_VALUE;
		for (int i = 0; i < 3; i++) {
			System.gc();
			used = Math.min(used, Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
		}
		return used;
	}

}
