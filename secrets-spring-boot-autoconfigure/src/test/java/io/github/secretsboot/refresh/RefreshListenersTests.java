package io.github.secretsboot.refresh;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.github.secretsboot.RefreshResult;
import io.github.secretsboot.SecretChange;
import io.github.secretsboot.fetch.TestSecretReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests in which order listeners are told when passes overlap with the telling of earlier
 * ones.
 */
@Timeout(30)
class RefreshListenersTests {

	private static final Duration TIMEOUT = Duration.ofMillis(500);

	private final TestSecretReader reader = new TestSecretReader().put("a", "{\"KEY\":\"canary-1\"}");

	private final SecretsEngine engine = TestEngine.create(this.reader, new MutableClock(), TIMEOUT,
			TestEngine.source("a"));

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final CountDownLatch busy = new CountDownLatch(1);

	private final CountDownLatch gate = new CountDownLatch(1);

	private final List<String> told = Collections.synchronizedList(new ArrayList<>());

	RefreshListenersTests() {
		this.engine.load();
	}

	@AfterEach
	void stop() {
		this.gate.countDown();
		this.threads.shutdownNow();
	}

	@Test
	void whenListenerIsBusyThenItIsToldOfTheNextPassAfterwards() throws Exception {
		listen("slow", 0, this::waitAtTheGate);
		Future<?> first = rotate(2);
		this.busy.await();
		Future<?> second = rotate(3);
		await().until(() -> value().equals("canary-3"));
		this.gate.countDown();
		first.get();
		second.get();
		assertThat(this.told).containsExactly("slow 2", "slow 3");
	}

	@Test
	void whenListenerIsBusyThenPassesAndListenersBeforeItGoOn() throws Exception {
		listen("beans", -1, (version) -> {
		});
		listen("slow", 0, this::waitAtTheGate);
		listen("last", 1, (version) -> {
		});
		rotate(2);
		this.busy.await();
		rotate(3).get();
		rotate(4).get();
		assertThat(this.told).containsExactly("beans 2", "beans 3", "beans 4");
		this.gate.countDown();
		await().until(() -> this.told.size() == 9);
		assertThat(this.told).filteredOn((entry) -> entry.startsWith("last"))
			.containsExactly("last 2", "last 3", "last 4");
	}

	@Test
	void whenListenerAsksForAPassThenThoseAfterItAreToldInOrder() throws Exception {
		listen("beans", -1, (version) -> {
		});
		listen("asking", 0, (version) -> {
			if (version.equals("2")) {
				put(3);
				assertThat(this.engine.refresh().changes()).hasSize(1);
			}
		});
		listen("last", 1, (version) -> {
		});
		rotate(2).get();
		assertThat(this.told).filteredOn((entry) -> entry.startsWith("beans")).containsExactly("beans 2", "beans 3");
		assertThat(this.told).filteredOn((entry) -> entry.startsWith("asking")).containsExactly("asking 2", "asking 3");
		assertThat(this.told).filteredOn((entry) -> entry.startsWith("last")).containsExactly("last 2", "last 3");
	}

	@Test
	void whenListenerWaitsForAPassOfAnotherThreadThenNeitherWaitsForever() throws Exception {
		listen("waiting", 0, (version) -> {
			if (version.equals("2")) {
				assertThat(rotate(3).get(10, TimeUnit.SECONDS)).isNotNull();
			}
		});
		rotate(2).get();
		await().until(() -> this.told.size() == 2);
		assertThat(this.told).containsExactly("waiting 2", "waiting 3");
	}

	private void waitAtTheGate(String version) throws InterruptedException {
		if (version.equals("2")) {
			this.busy.countDown();
			this.gate.await();
		}
	}

	private Future<RefreshResult> rotate(int version) {
		put(version);
		return this.threads.submit(() -> this.engine.refresh());
	}

	private void put(int version) {
		this.reader.put("a", "{\"KEY\":\"canary-" + version + "\"}");
	}

	private String value() {
		return String.valueOf(this.engine.state().sources().get(0).snapshot().get("KEY"));
	}

	/** Notes which version it has been told of when it is through with it. */
	private void listen(String name, int order, Listener listener) {
		this.engine.addListener(new RefreshListener() {

			@Override
			public void onChanged(List<SecretChange> changes) {
				String version = changes.get(0).newVersionId().replace("version-", "");
				try {
					listener.onChanged(version);
				}
				catch (Exception ex) {
					throw new IllegalStateException(ex);
				}
				RefreshListenersTests.this.told.add(name + " " + version);
			}

			@Override
			public int getOrder() {
				return order;
			}

		});
	}

	private interface Listener {

		void onChanged(String version) throws Exception;

	}

}
