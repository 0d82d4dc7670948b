package io.github.secretsboot.fetch;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.secretsboot.FailureReason;
import io.github.secretsboot.SecretFailure;
import io.github.secretsboot.SecretsLoadException;
import io.github.secretsboot.env.TestApplication;
import io.github.secretsboot.refresh.SecretsEngine;
import io.github.secretsboot.test.Fault;
import io.github.secretsboot.test.Operation;
import io.github.secretsboot.test.SecretsManagerServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests how many calls of which kind an application makes.
 */
@ExtendWith(OutputCaptureExtension.class)
class BatchTests {

	private final SecretsManagerServer server = SecretsManagerServer.start();

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	@ParameterizedTest(name = "{0} secrets: {1} batches, {2} single reads")
	@CsvSource({ "1, 0, 1", "2, 1, 0", "10, 1, 0", "20, 1, 0", "50, 3, 0" })
	void whenSecretsAreListedThenTheyAreReadWithAsFewCallsAsPossible(int secrets, int batches, int singles) {
		create(secrets);
		assertAllLoaded(secrets);
		assertCalls(batches, singles);
	}

	@Test
	void whenBatchIsSwitchedOffThenSecretsAreReadSingly() {
		create(10);
		assertAllLoaded(10, "--secrets.fetch.batch=never");
		assertCalls(0, 10);
	}

	@Test
	void whenBatchIsDeniedThenSecretsAreReadInParallelAndItIsSaidOnce(CapturedOutput output) {
		create(10);
		this.server.deny(Operation.BATCH_GET_SECRET_VALUE);
		this.server.fail(Fault.delay(Duration.ofMillis(400)).on(Operation.GET_SECRET_VALUE));
		try (ConfigurableApplicationContext context = run(10)) {
			assertCalls(1, 10);
			assertThat(inFlight()).as("reads that began before the first one was answered").isGreaterThan(5);
			assertThat(context.getBean(SecretsEngine.class).refresh().failures()).isEmpty();
			assertCalls(1, 20);
		}
		assertThat(output.getAll()).containsOnlyOnce("{\"Effect\": \"Allow\","
				+ " \"Action\": \"secretsmanager:BatchGetSecretValue\", \"Resource\": \"*\"}");
	}

	@Test
	void whenConcurrencyIsOneThenReadsFollowEachOther() {
		create(3);
		this.server.fail(Fault.delay(Duration.ofMillis(200)));
		assertAllLoaded(3, "--secrets.fetch.batch=never", "--secrets.fetch.concurrency=1");
		assertThat(inFlight()).isEqualTo(1);
	}

	@Test
	void whenEndpointPolicyDeniesOneSecretThenOnlyThatOneFails() {
		create(5);
		this.server.fail(Fault.denied().on("myapp/s3").wholeBatch());
		assertFails(5, "myapp/s3", FailureReason.ACCESS_DENIED);
		assertCalls(1, 5);
	}

	@Test
	void whenBatchReportsSingleErrorsThenTheyAreTaken() {
		create(5);
		this.server.deny("myapp/s3");
		assertFails(5, "myapp/s3", FailureReason.ACCESS_DENIED);
		this.server.heal();
		this.server.delete("myapp/s1");
		assertFails(5, "myapp/s1", FailureReason.NOT_FOUND);
		this.server.create("myapp/s1", "canary-1");
		this.server.markForDeletion("myapp/s1");
		assertFails(5, "myapp/s1", FailureReason.MARKED_FOR_DELETION);
	}

	@Test
	void whenSecretsAreGivenByArnThenBatchMatchesThem() {
		create(3);
		String full = this.server.arn("myapp/s0");
		String arn = this.server.arn("myapp/s1");
		String partial = arn.substring(0, arn.length() - 7);
		try (ConfigurableApplicationContext context = TestApplication.run(this.server,
				"--secrets.sources=" + String.join(",", full, partial, "myapp/s2"))) {
			assertLoaded(context, 3);
		}
		assertThat(this.server.calls(Operation.BATCH_GET_SECRET_VALUE)).isEqualTo(1);
		assertThat(this.server.calls(Operation.GET_SECRET_VALUE)).isZero();
	}

	@Test
	void whenBatchIsThrottledThenSecretsAreReadSingly() {
		create(5);
		this.server.fail(Fault.throttled().on(Operation.BATCH_GET_SECRET_VALUE));
		assertAllLoaded(5);
		assertThat(this.server.calls(Operation.GET_SECRET_VALUE)).isEqualTo(5);
	}

	@Test
	void whenOneSecretHangsThenTheOthersAreNotReported() {
		create(5);
		this.server.deny(Operation.BATCH_GET_SECRET_VALUE);
		this.server.fail(Fault.hang().on(Operation.GET_SECRET_VALUE).on("myapp/s3"));
		assertFails(5, "myapp/s3", FailureReason.TIMED_OUT, "--secrets.fetch.timeout=2s");
	}

	private void create(int secrets) {
		IntStream.range(0, secrets).forEach((i) -> this.server.create("myapp/s" + i, "canary-" + i));
	}

	private ConfigurableApplicationContext run(int secrets, String... arguments) {
		String sources = IntStream.range(0, secrets).mapToObj((i) -> "myapp/s" + i).collect(Collectors.joining(","));
		return TestApplication.builder().properties("secrets.sources=" + sources).run(this.server.arguments(arguments));
	}

	private void assertAllLoaded(int secrets, String... arguments) {
		try (ConfigurableApplicationContext context = run(secrets, arguments)) {
			assertLoaded(context, secrets);
		}
	}

	private void assertLoaded(ConfigurableApplicationContext context, int secrets) {
		for (int i = 0; i < secrets; i++) {
			assertThat(context.getEnvironment().getProperty("s" + i)).isEqualTo("canary-" + i);
		}
	}

	private void assertFails(int secrets, String name, FailureReason reason, String... arguments) {
		assertThatExceptionOfType(SecretsLoadException.class).isThrownBy(() -> run(secrets, arguments))
			.satisfies((ex) -> assertThat(ex.getFailures()).singleElement().satisfies((failure) -> {
				assertThat(failure).extracting(SecretFailure::secretName).isEqualTo(name);
				assertThat(failure).extracting(SecretFailure::reason).isEqualTo(reason);
			}));
	}

	private void assertCalls(int batches, int singles) {
		assertThat(List.of(this.server.calls(Operation.BATCH_GET_SECRET_VALUE),
				this.server.calls(Operation.GET_SECRET_VALUE)))
			.containsExactly(batches, singles);
	}

	/**
	 * How many single reads arrived before the first one can have been answered, which
	 * the server delays.
	 */
	private long inFlight() {
		var reads = this.server.requests()
			.stream()
			.filter((request) -> request.operation() == Operation.GET_SECRET_VALUE)
			.toList();
		var answered = reads.get(0).time().plusMillis(190);
		return reads.stream().filter((request) -> request.time().isBefore(answered)).count();
	}

}
