package io.github.secretsboot.refresh;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.github.secretsboot.RefreshResult;
import io.github.secretsboot.SecretChange;
import io.github.secretsboot.fetch.TestSecretReader;
import io.github.secretsboot.refresh.TestEngine.Recorder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests who waits for whom, and what listeners may do.
 */
@Timeout(30)
class PassConcurrencyTests {

	private static final int THREADS = 8;

	private final TestSecretReader reader = new TestSecretReader().put("a", "{\"A_KEY\":\"canary-a1\"}")
		.put("b", "{\"B_KEY\":\"canary-b1\"}");

	private final GatedReader gated = new GatedReader(this.reader);

	private final MutableClock clock = new MutableClock();

	private final SecretsEngine engine = TestEngine.loaded(this.gated, this.clock, TestEngine.source("a"),
			TestEngine.source("b"));

	private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

	@AfterEach
	void stop() {
		this.gated.open();
		this.threads.shutdownNow();
	}

	@Test
	void whenManyAskAtOnceThenOnePassServesThemAll() throws Exception {
		Recorder recorder = Recorder.of(this.engine);
		rotate();
		int calls = this.reader.calls();
		this.gated.shut();
		CountDownLatch asked = new CountDownLatch(THREADS);
		List<Future<RefreshResult>> results = new ArrayList<>();
		for (int i = 0; i < THREADS; i++) {
			results.add(this.threads.submit(() -> {
				asked.countDown();
				return this.engine.refresh();
			}));
		}
		asked.await();
		awaitCalls(calls + 1);
		await().until(() -> waiting() == THREADS);
		this.gated.open();
		for (Future<RefreshResult> result : results) {
			assertThat(result.get().changes()).hasSize(2);
		}
		assertThat(this.reader.calls()).isEqualTo(calls + 1);
		assertThat(recorder.changes).hasSize(1);
	}

	@Test
	void whenAllIsUnderWayThenOneOfThemIsPartOfIt() throws Exception {
		rotate();
		int calls = this.reader.calls();
		this.gated.shut();
		Future<RefreshResult> all = this.threads.submit(() -> this.engine.refresh());
		awaitCalls(calls + 1);
		Future<RefreshResult> one = this.threads.submit(() -> this.engine.refresh("a"));
		await().until(() -> waiting() == 2);
		this.gated.open();
		assertThat(one.get()).isSameAs(all.get());
		assertThat(all.get().changes()).hasSize(2);
	}

	@Test
	void whenAnotherSecretIsUnderWayThenThePassTakesItsTurn() throws Exception {
		rotate();
		int calls = this.reader.calls();
		this.gated.shut();
		Future<RefreshResult> first = this.threads.submit(() -> this.engine.refresh("a"));
		awaitCalls(calls + 1);
		Future<RefreshResult> second = this.threads.submit(() -> this.engine.refresh("b"));
		await().until(() -> waiting() == 2);
		this.gated.open();
		assertThat(first.get().changes()).extracting(SecretChange::secretName).containsExactly("a");
		assertThat(second.get().changes()).extracting(SecretChange::secretName).containsExactly("b");
	}

	@Test
	void whenScheduledPassIsUnderWayThenPassOnDemandStillRetriesWhatWasRefused() throws Exception {
		List<String> seen = new ArrayList<>();
		this.engine.addValidator((candidate) -> {
			seen.add(candidate.version().versionId());
			throw new IllegalStateException("no");
		});
		this.reader.put("a", "{\"A_KEY\":\"canary-a2\"}");
		this.engine.refresh();
		this.clock.advance(TestEngine.INTERVAL);
		int calls = this.reader.calls();
		this.gated.shut();
		Future<RefreshResult> scheduled = this.threads.submit(() -> this.engine.refreshDue());
		awaitCalls(calls + 1);
		Future<RefreshResult> onDemand = this.threads.submit(() -> this.engine.refresh());
		await().until(() -> waiting() == 2);
		this.gated.open();
		scheduled.get();
		onDemand.get();
		assertThat(seen).hasSize(2);
	}

	@Test
	void whenListenerAsksForAPassThenItGetsOne() {
		List<RefreshResult> nested = new ArrayList<>();
		this.engine.addListener(new RefreshListener() {

			@Override
			public void onChanged(List<SecretChange> changes) {
				nested.add(PassConcurrencyTests.this.engine.refresh());
			}

		});
		rotate();
		assertThat(this.engine.refresh().changes()).hasSize(2);
		assertThat(nested).containsExactly(new RefreshResult(List.of(), List.of()));
	}

	@Test
	void whenListenerThrowsThenOthersAreToldAndThePassSucceeds() {
		this.engine.addListener(new RefreshListener() {

			@Override
			public void onChanged(List<SecretChange> changes) {
				throw new IllegalStateException("canary in a message");
			}

			@Override
			public int getOrder() {
				return Integer.MIN_VALUE;
			}

		});
		Recorder recorder = Recorder.of(this.engine);
		rotate();
		assertThat(this.engine.refresh().changes()).hasSize(2);
		assertThat(recorder.changes).hasSize(1);
	}

	@Test
	void whenListenerIsRemovedThenItIsNotTold() {
		Recorder recorder = Recorder.of(this.engine);
		this.engine.removeListener(recorder);
		rotate();
		this.engine.refresh();
		assertThat(recorder.changes).isEmpty();
	}

	private void rotate() {
		this.reader.put("a", "{\"A_KEY\":\"canary-a2\"}").put("b", "{\"B_KEY\":\"canary-b2\"}");
	}

	private void awaitCalls(int calls) {
		await().atMost(10, TimeUnit.SECONDS).until(() -> this.reader.calls() == calls);
	}

	private static long waiting() {
		return Thread.getAllStackTraces()
			.entrySet()
			.stream()
			.filter((thread) -> thread.getKey().getName().startsWith("pool-"))
			.filter((thread) -> thread.getKey().getState() != Thread.State.RUNNABLE)
			.filter((thread) -> List.of(thread.getValue())
				.stream()
				.anyMatch((frame) -> frame.getClassName().equals(SingleFlight.class.getName())))
			.count();
	}

}
