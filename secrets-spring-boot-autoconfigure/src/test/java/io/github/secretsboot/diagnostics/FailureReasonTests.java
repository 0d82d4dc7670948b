package io.github.secretsboot.diagnostics;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.secretsboot.FailureReason;
import io.github.secretsboot.SecretFailure;
import io.github.secretsboot.SecretsLoadException;
import io.github.secretsboot.env.SecretsThreads;
import io.github.secretsboot.env.SystemProperties;
import io.github.secretsboot.env.TestApplication;
import io.github.secretsboot.test.Fault;
import io.github.secretsboot.test.Operation;
import io.github.secretsboot.test.SecretsManagerServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests what a user reads when a start fails, for every reason and as the SDK really
 * reports it.
 */
@ExtendWith(OutputCaptureExtension.class)
class FailureReasonTests {

	private static final String NAME = "myapp/api-keys";

	private static final String SOURCE = "--secrets.sources[0]=" + NAME;

	private final SecretsManagerServer server = SecretsManagerServer.start();

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("cases")
	void whenSecretCannotBeLoadedThenAnalysisNamesSecretReasonAndRemedy(Case testCase, CapturedOutput output) {
		this.server.create(NAME, "{\"STRIPE_SECRET_KEY\":\"canary-stripe\"}");
		testCase.arrangement.accept(this.server);
		SecretsLoadException failure = runAndFail(testCase.arguments.apply(this.server));
		assertThat(failure.getFailures()).extracting(SecretFailure::reason).containsExactly(testCase.reason);
		assertThat(output.getAll()).containsOnlyOnce("APPLICATION FAILED TO START")
			.contains("A secret could not be loaded from AWS Secrets Manager:")
			.contains(NAME + testCase.place() + ": " + testCase.reason + "\n")
			.contains(testCase.texts)
			.doesNotContain("canary-");
	}

	@Test
	void whenReasonCanEndStartThenItIsAmongTheCases() {
		Set<FailureReason> reasons = cases().map(Case::reason).collect(Collectors.toSet());
		assertThat(reasons).isEqualTo(EnumSet.complementOf(EnumSet.of(FailureReason.REJECTED)));
	}

	@Test
	void whenSeveralSecretsFailThenAllAreReportedWithOneRemedyPerCause(CapturedOutput output) {
		this.server.create("myapp/denied", "canary-denied");
		this.server.create("myapp/deleted", "canary-deleted");
		this.server.create("myapp/broken", "{\"canary-key\":");
		this.server.create("myapp/fine", "canary-fine");
		this.server.deny("myapp/denied");
		this.server.markForDeletion("myapp/deleted");
		SecretsLoadException failure = runAndFail(this.server.arguments("--secrets.sources=myapp/denied,myapp/missing,"
				+ "myapp/fine,myapp/deleted,myapp/broken,myapp/missing-too"));
		assertThat(failure.getFailures()).extracting(SecretFailure::secretName, SecretFailure::reason)
			.containsExactly(tuple("myapp/denied", FailureReason.ACCESS_DENIED),
					tuple("myapp/missing", FailureReason.NOT_FOUND),
					tuple("myapp/deleted", FailureReason.MARKED_FOR_DELETION),
					tuple("myapp/broken", FailureReason.MALFORMED),
					tuple("myapp/missing-too", FailureReason.NOT_FOUND));
		assertThat(failure).hasMessage("Secrets could not be loaded: myapp/denied: access denied, myapp/missing: not"
				+ " found, myapp/deleted: marked for deletion, myapp/broken: malformed, myapp/missing-too: not found");
		assertThat(output.getAll()).contains("5 secrets could not be loaded")
			.contains("myapp/denied in us-east-1: access denied")
			.contains("myapp/missing in us-east-1: not found")
			.contains("myapp/deleted in us-east-1: marked for deletion")
			.contains("myapp/broken in us-east-1: malformed")
			.contains("myapp/missing-too in us-east-1: not found")
			.doesNotContain("myapp/fine")
			.doesNotContain("canary-");
	}

	@Test
	void whenNoRegionIsConfiguredThenRemedyIsPrintedOnceForAllSecrets(CapturedOutput output) {
		runAndFail("--secrets.sources=myapp/one,myapp/two,myapp/three");
		assertThat(output.getAll()).contains("3 secrets could not be loaded")
			.contains("myapp/one, myapp/two, myapp/three")
			.containsOnlyOnce("Set spring.cloud.aws.region.static");
	}

	@Test
	void whenOptionalSecretIsDeniedThenStartFails() {
		this.server.deny(NAME);
		SecretsLoadException failure = runAndFail(optional());
		assertThat(failure.getFailures()).extracting(SecretFailure::reason)
			.containsExactly(FailureReason.ACCESS_DENIED);
	}

	@Test
	void whenOptionalSecretIsMarkedForDeletionThenStartFails() {
		this.server.create(NAME, "canary-text");
		this.server.markForDeletion(NAME);
		SecretsLoadException failure = runAndFail(optional());
		assertThat(failure.getFailures()).extracting(SecretFailure::reason)
			.containsExactly(FailureReason.MARKED_FOR_DELETION);
	}

	@Test
	void whenOptionalSecretIsMalformedThenStartFails() {
		this.server.create(NAME, "{canary-text");
		SecretsLoadException failure = runAndFail(optional());
		assertThat(failure.getFailures()).extracting(SecretFailure::reason).containsExactly(FailureReason.MALFORMED);
	}

	@Test
	void whenEndpointHangsThenStartEndsWithinTimeout() {
		this.server.create(NAME, "canary-text");
		this.server.create("myapp/other", "canary-text");
		this.server.fail(Fault.hang());
		for (String sources : List.of(NAME, NAME + ",myapp/other")) {
			long start = System.nanoTime();
			runAndFail(this.server.arguments("--secrets.sources=" + sources, "--secrets.fetch.timeout=1s"));
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(6));
		}
	}

	@Test
	void whenStartFailsThenNoThreadOfOursIsLeft() {
		SecretsThreads threads = new SecretsThreads();
		this.server.fail(Fault.hang());
		runAndFail(this.server.arguments(SOURCE, "--secrets.fetch.timeout=1s"));
		this.server.heal();
		threads.assertNoneWasAdded();
	}

	@Test
	void whenFailureIsTransientThenStartSucceeds() {
		this.server.create(NAME, "canary-text");
		this.server.throttle(1);
		this.server.fail(Fault.internalError().times(1));
		try (var context = TestApplication.run(this.server, SOURCE)) {
			assertThat(context.getEnvironment().getProperty("api-keys")).isEqualTo("canary-text");
		}
		assertThat(this.server.calls(Operation.GET_SECRET_VALUE)).isEqualTo(3);
	}

	private String[] optional() {
		return this.server.arguments("--secrets.sources[0].name=" + NAME, "--secrets.sources[0].optional=true");
	}

	private static SecretsLoadException runAndFail(String... arguments) {
		try (SystemProperties none = SystemProperties.withoutAws()) {
			return catchThrowableOfType(SecretsLoadException.class, () -> TestApplication.builder().run(arguments));
		}
	}

	static Stream<Case> cases() {
		return Stream.of(
				failing("secret is missing", FailureReason.NOT_FOUND, (server) -> server.delete(NAME),
						"aws secretsmanager create-secret --name myapp/api-keys"
								+ " --secret-string file://secret.json --region us-east-1",
						"optional: true"),
				failing("read is denied", FailureReason.ACCESS_DENIED, (server) -> server.deny(NAME),
						"{\"Effect\": \"Allow\", \"Action\": \"secretsmanager:GetSecretValue\", \"Resource\":"
								+ " [\"arn:aws:secretsmanager:us-east-1:123456789012:secret:myapp/api-keys-??????\","
								+ " \"arn:aws:secretsmanager:us-east-1:123456789012:secret:myapp/api-keys\"]}"),
				failing("KMS key fails", FailureReason.DECRYPTION_FAILED,
						(server) -> server.fail(Fault.decryptionFailure()),
						"{\"Effect\": \"Allow\", \"Action\": \"kms:Decrypt\", \"Resource\": \"arn:aws:kms:us-east-1:*:key/*\", \"Condition\"",
						"aws secretsmanager describe-secret --secret-id myapp/api-keys --query KmsKeyId"
								+ " --region us-east-1"),
				failing("KMS key is denied", FailureReason.DECRYPTION_FAILED,
						(server) -> server
							.fail(Fault.error(400, "AccessDeniedException", "Access to KMS is not allowed")),
						"{\"Effect\": \"Allow\", \"Action\": \"kms:Decrypt\", \"Resource\": \"arn:aws:kms:us-east-1:*:key/*\", \"Condition\""),
				failing("secret is marked for deletion", FailureReason.MARKED_FOR_DELETION,
						(server) -> server.markForDeletion(NAME),
						"aws secretsmanager restore-secret --secret-id myapp/api-keys --region us-east-1"),
				failing("access key is unknown", FailureReason.NO_CREDENTIALS,
						(server) -> server.fail(Fault.unrecognizedClient()), "aws sts get-caller-identity"),
				configured("no credentials", FailureReason.NO_CREDENTIALS,
						(server) -> List.of("--spring.cloud.aws.region.static=us-east-1"), "ECS task role",
						"spring.cloud.aws.credentials.access-key"),
				failing("token is expired", FailureReason.EXPIRED_CREDENTIALS,
						(server) -> server.fail(Fault.expiredToken()), "aws sso login", "clock of the machine"),
				configured("no region", FailureReason.NO_REGION, (server) -> List.of(),
						"Set spring.cloud.aws.region.static, for example to eu-central-1", "variable AWS_REGION"),
				failing("throttled for too long", FailureReason.THROTTLED, (server) -> server.throttle(100),
						"secrets.fetch.timeout", "secrets.fetch.batch=never"),
				failing("endpoint hangs", FailureReason.TIMED_OUT, (server) -> server.fail(Fault.hang()),
						"no answer within secrets.fetch.timeout", "security groups of a VPC endpoint"),
				configured("port is closed", FailureReason.UNREACHABLE,
						(server) -> withEndpoint("http://127.0.0.1:" + closedPort()), "ConnectException",
						"Check spring.cloud.aws.endpoint"),
				configured("host is unknown", FailureReason.UNREACHABLE,
						(server) -> withEndpoint("http://secretsmanager.invalid"),
						"UnknownHostException: secretsmanager.invalid", "name resolution"),
				failing("connection is dropped", FailureReason.UNREACHABLE,
						(server) -> server.fail(Fault.dropConnection()), "the connection broke", "NAT gateway"),
				failing("answer is truncated", FailureReason.UNREACHABLE,
						(server) -> server.fail(Fault.truncatedBody()), "the connection broke"),
				failing("content is no JSON", FailureReason.MALFORMED,
						(server) -> server.rotate(NAME, "{\"STRIPE_SECRET_KEY\": canary-stripe"),
						"JSON does not parse at line 1, column ", "format: text"),
				failing("content is cut off", FailureReason.MALFORMED, (server) -> server.fail(Fault.brokenValue()),
						"Correct the content of the secret"),
				failing("service fails", FailureReason.SERVICE_ERROR, (server) -> server.fail(Fault.internalError()),
						"InternalServiceError", "https://health.aws.amazon.com"),
				failing("answer is a page of a proxy", FailureReason.SERVICE_ERROR,
						(server) -> server.fail(Fault.notJson()), "the answer could not be read"),
				failing("name is refused", FailureReason.SERVICE_ERROR,
						(server) -> server.fail(Fault.error(400, "ValidationException", "Invalid name.")),
						"ValidationException: Invalid name.", "check that the name is valid"));
	}

	private static Case failing(String description, FailureReason reason, Consumer<SecretsManagerServer> arrangement,
			String... texts) {
		return new Case(description, reason, arrangement, (server) -> server.arguments(SOURCE,
				"--secrets.fetch.timeout=" + ((reason != FailureReason.TIMED_OUT) ? "10s" : "1s")), texts);
	}

	private static Case configured(String description, FailureReason reason,
			Function<SecretsManagerServer, List<String>> arguments, String... texts) {
		return new Case(description, reason, (server) -> {
		}, (server) -> Stream.concat(arguments.apply(server).stream(), Stream.of(SOURCE)).toArray(String[]::new),
				texts);
	}

	private static List<String> withEndpoint(String endpoint) {
		return List.of("--spring.cloud.aws.endpoint=" + endpoint, "--spring.cloud.aws.region.static=us-east-1",
				"--spring.cloud.aws.credentials.access-key=fake", "--spring.cloud.aws.credentials.secret-key=fake");
	}

	private static int closedPort() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	record Case(String description, FailureReason reason, Consumer<SecretsManagerServer> arrangement,
			Function<SecretsManagerServer, String[]> arguments, String[] texts) {

		String place() {
			return (this.reason != FailureReason.NO_REGION) ? " in us-east-1" : "";
		}

		@Override
		public String toString() {
			return this.description;
		}

	}

}
