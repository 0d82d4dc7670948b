package io.github.secretsboot.context;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.secretsboot.FailureReason;
import io.github.secretsboot.fetch.TestSecretReader;
import io.github.secretsboot.refresh.MutableClock;
import io.github.secretsboot.refresh.SecretsEngine;
import io.github.secretsboot.refresh.TestEngine;
import io.github.secretsboot.refresh.TestEngine.Recorder;
import io.github.secretsboot.refresh.TestExecutor;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests when the scheduler checks, with a clock and an executor that the test moves.
 */
class RefreshSchedulerTests {

	private final TestSecretReader reader = new TestSecretReader().put("a", "{\"A_KEY\":\"canary-a1\"}");

	private final MutableClock clock = new MutableClock();

	private final SecretsEngine engine = TestEngine.loaded(this.reader, this.clock, TestEngine.source("a"));

	private final List<TestExecutor> executors = new ArrayList<>();

	private final RefreshScheduler scheduler = new RefreshScheduler(this.engine, this::createExecutor);

	private TestExecutor createExecutor() {
		TestExecutor executor = new TestExecutor();
		this.executors.add(executor);
		return executor;
	}

	@Test
	void whenStartedThenTheFirstCheckComesAfterTheInterval() {
		this.scheduler.start();
		assertThat(executor().delays()).containsExactly(TestEngine.INTERVAL);
		assertThat(this.scheduler.isRunning()).isTrue();
		assertThat(this.reader.calls()).isEqualTo(1);
	}

	@Test
	void whenTimeHasComeThenSecretsAreCheckedAgainAndAgain() {
		Recorder recorder = Recorder.of(this.engine);
		this.scheduler.start();
		for (int i = 2; i < 6; i++) {
			this.reader.put("a", "{\"A_KEY\":\"canary-a" + i + "\"}");
			this.clock.advance(TestEngine.INTERVAL);
			executor().run();
			assertThat(this.reader.calls()).isEqualTo(i);
			assertThat(executor().delays()).containsExactly(TestEngine.INTERVAL);
		}
		assertThat(recorder.changes).hasSize(4);
	}

	@Test
	void whenCheckFailsThenTheNextBacksOff() {
		this.engine.addListener(this.scheduler);
		this.scheduler.start();
		this.reader.fail("a", FailureReason.UNREACHABLE);
		this.clock.advance(TestEngine.INTERVAL);
		executor().run();
		assertThat(executor().delays()).containsExactly(Duration.ofSeconds(2));
		this.clock.advance(Duration.ofSeconds(2));
		executor().run();
		assertThat(executor().delays()).containsExactly(Duration.ofSeconds(4));
		this.reader.recover("a");
		this.clock.advance(Duration.ofSeconds(4));
		executor().run();
		assertThat(executor().delays()).containsExactly(TestEngine.INTERVAL);
	}

	@Test
	void whenCheckOnDemandFailsThenItIsTriedAgainSoon() {
		this.engine.addListener(this.scheduler);
		this.scheduler.start();
		this.reader.fail("a", FailureReason.UNREACHABLE);
		this.engine.refresh();
		assertThat(executor().delays()).containsExactly(Duration.ofSeconds(2));
	}

	@Test
	void whenCheckedOnDemandThenTheScheduledCheckIsPutOff() {
		this.scheduler.start();
		this.clock.advance(Duration.ofMinutes(4));
		this.engine.refresh();
		int calls = this.reader.calls();
		this.clock.advance(Duration.ofMinutes(1));
		executor().run();
		assertThat(this.reader.calls()).isEqualTo(calls);
		assertThat(executor().delays()).containsExactly(Duration.ofMinutes(4));
	}

	@Test
	void whenPassFailsUnexpectedlyThenTheScheduleGoesOnWithoutHurry() {
		this.scheduler.start();
		this.engine.addValidator((candidate) -> {
			throw new StackOverflowError();
		});
		this.reader.put("a", "{\"A_KEY\":\"canary-a2\"}");
		this.clock.advance(TestEngine.INTERVAL);
		executor().run();
		assertThat(executor().delays()).containsExactly(Duration.ofSeconds(30));
	}

	@Test
	void whenStoppedThenTheExecutorIsShutDown() {
		this.scheduler.start();
		this.scheduler.stop();
		this.scheduler.stop();
		assertThat(executor().isShutdown()).isTrue();
		assertThat(this.scheduler.isRunning()).isFalse();
	}

	@Test
	void whenStartedTwiceThenThereIsOneExecutor() {
		this.scheduler.start();
		this.scheduler.start();
		assertThat(this.executors).hasSize(1);
	}

	@Test
	void whenStartedAgainThenSecretsAreCheckedAtOnce() {
		this.scheduler.start();
		this.scheduler.stop();
		this.reader.put("a", "{\"A_KEY\":\"canary-a2\"}");
		this.scheduler.start();
		assertThat(this.executors).hasSize(2);
		assertThat(executor().delays()).containsExactly(Duration.ZERO);
		executor().run();
		assertThat(this.engine.state().properties().find("A_KEY").value()).isEqualTo("canary-a2");
		assertThat(executor().delays()).containsExactly(TestEngine.INTERVAL);
	}

	@Test
	void whenCheckEndsAfterStopThenNothingIsScheduled() {
		this.scheduler.start();
		this.clock.advance(TestEngine.INTERVAL);
		TestExecutor executor = executor();
		this.engine.addValidator((candidate) -> this.scheduler.stop());
		this.reader.put("a", "{\"A_KEY\":\"canary-a2\"}");
		executor.run();
		assertThat(executor.delays()).isEmpty();
	}

	@Test
	void whenNothingCanChangeThenNothingIsScheduled() {
		SecretsEngine pinned = TestEngine.loaded(this.reader, this.clock, TestEngine.pinned("a", "version-1"));
		new RefreshScheduler(pinned, this::createExecutor).start();
		assertThat(executor().delays()).isEmpty();
	}

	private TestExecutor executor() {
		return this.executors.get(this.executors.size() - 1);
	}

}
