package io.github.secretsboot.fetch;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.github.secretsboot.FailureReason;
import io.github.secretsboot.refresh.SecretSource;
import io.github.secretsboot.refresh.SecretsEngine;
import io.github.secretsboot.test.Caller;
import io.github.secretsboot.test.Fault;
import io.github.secretsboot.test.Operation;
import io.github.secretsboot.test.SecretsManagerServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link BatchRules}, alone and at work.
 */
@ExtendWith(OutputCaptureExtension.class)
class BatchRulesTests {

	private final SecretsManagerServer server = SecretsManagerServer.start();

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	@Test
	void whenEndpointPolicyDeniesOneSecretThenTheOthersStayInBatches() {
		SecretsEngine engine = loaded(25);
		this.server.fail(Fault.denied().on("s3").wholeBatch());
		assertThat(engine.refresh().failures()).singleElement()
			.satisfies((failure) -> assertThat(failure.reason()).isEqualTo(FailureReason.ACCESS_DENIED));
		assertCalls(2, 20);
		engine.refresh();
		assertCalls(2, 1);
		this.server.heal();
		assertThat(engine.refresh().failures()).isEmpty();
		assertCalls(2, 1);
		engine.refresh();
		assertCalls(2, 0);
		engine.close();
	}

	@Test
	void whenBatchIsDeniedAndSoIsOneSecretThenBatchesEndAfterTheSecondTry() {
		SecretsEngine engine = loaded(5);
		this.server.deny(Operation.BATCH_GET_SECRET_VALUE);
		this.server.deny("s3");
		engine.refresh();
		assertCalls(1, 5);
		engine.refresh();
		assertCalls(1, 5);
		engine.refresh();
		assertCalls(0, 5);
		engine.close();
	}

	@Test
	void whenBatchesAreNotAllowedThenTheyAreTriedAgainEveryTwelveRoundsAndUsedWhenTheyAre(CapturedOutput output) {
		SecretsEngine engine = loaded(5);
		this.server.deny(Operation.BATCH_GET_SECRET_VALUE);
		for (int tries = 0; tries < 3; tries++) {
			engine.refresh();
			assertCalls(1, 5);
			for (int i = 0; i < 12; i++) {
				engine.refresh();
				assertCalls(0, 5);
			}
		}
		this.server.heal();
		engine.refresh();
		assertCalls(1, 0);
		engine.refresh();
		assertCalls(1, 0);
		engine.close();
		assertThat(output)
			.containsOnlyOnce("BatchGetSecretValue is denied to user 'fake-user' of account 123456789012");
	}

	@Test
	void whenBatchesAreDeniedExplicitlyThenThePolicyIsNamed(CapturedOutput output) {
		IntStream.range(0, 3).forEach((i) -> this.server.create("s" + i, "canary-" + i));
		this.server.caller(Caller.role("reader")
			.policy("{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\"}}")
			.policy("{\"Statement\": {\"Effect\": \"Deny\", \"Action\": \"secretsmanager:Batch*\", \"Resource\": \"*\"}}"));
		load(3).close();
		assertThat(output).contains("denied to role 'reader' of account 123456789012",
				"remove the deny in the identity-based policy");
	}

	@Test
	void whenBatchIsThrottledThenItIsNotRetriedAndRestsForAWhile() {
		SecretsEngine engine = loaded(5);
		this.server.fail(Fault.throttled().on(Operation.BATCH_GET_SECRET_VALUE));
		assertThat(engine.refresh().failures()).isEmpty();
		assertCalls(1, 5);
		assertThat(engine.refresh().failures()).isEmpty();
		assertCalls(0, 5);
		assertThat(engine.refresh().failures()).isEmpty();
		assertCalls(1, 5);
		this.server.heal();
		for (int i = 0; i < 3; i++) {
			engine.refresh();
		}
		this.server.resetCalls();
		engine.refresh();
		assertCalls(1, 0);
		engine.close();
	}

	@Test
	void whenThrottlingGoesOnThenBatchesRestLongerAndLonger() {
		BatchRules rules = new BatchRules(() -> 0.99);
		List<SecretRequest> requests = List.of(SecretRequest.current("a"), SecretRequest.current("b"));
		List<Integer> rests = IntStream.range(0, 8).map((i) -> restAfterThrottling(rules, requests)).boxed().toList();
		assertThat(rests).isSorted().startsWith(1, 3, 7).endsWith(63, 63);
	}

	private static int restAfterThrottling(BatchRules rules, List<SecretRequest> requests) {
		rules.learn(new BatchRules.Round(false, true, List.of(), "", Map.of()));
		int rest = 0;
		while (rules.plan(requests).isEmpty()) {
			rules.learn(new BatchRules.Round(false, false, List.of(), "", Map.of()));
			rest++;
		}
		return rest;
	}

	private SecretsEngine loaded(int secrets) {
		IntStream.range(0, secrets).forEach((i) -> this.server.create("s" + i, "canary-" + i));
		return load(secrets);
	}

	private SecretsEngine load(int secrets) {
		SecretsEngine engine = HttpEngine.create(this.server.springProperties(),
				new FetchSettings(true, 16, Duration.ofSeconds(10)),
				IntStream.range(0, secrets).mapToObj((i) -> HttpEngine.source("s" + i)).toArray(SecretSource[]::new));
		engine.load();
		this.server.resetCalls();
		return engine;
	}

	private void assertCalls(int batches, int singles) {
		assertThat(List.of(this.server.calls(Operation.BATCH_GET_SECRET_VALUE),
				this.server.calls(Operation.GET_SECRET_VALUE)))
			.containsExactly(batches, singles);
		this.server.resetCalls();
	}

}
