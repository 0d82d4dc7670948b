package io.github.secretsboot.test;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

class SecretsManagerServerTests {

	private static final String NAME = "myapp/test/api-keys";

	private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-23T10:00:00.123Z"));

	private final SecretsManagerServer server = SecretsManagerServer.builder()
		.region("eu-central-1")
		.clock(clock())
		.start();

	private final SecretsManagerClient client = TestClients.client(this.server);

	@AfterEach
	void close() {
		this.client.close();
		this.server.close();
	}

	@Test
	void whenMapThenJsonObject() {
		this.server.create(NAME, Map.of("STRIPE_SECRET_KEY", "canary-sk"));
		assertThat("{\"STRIPE_SECRET_KEY\":\"canary-sk\"}".equals(read())).isTrue();
	}

	@Test
	void whenRotatedThenCurrentVersionChanges() {
		String first = this.server.create(NAME, "canary-1");
		assertThat(this.server.currentVersionId(NAME)).isEqualTo(first);
		String second = this.server.rotate(NAME, "canary-2");
		assertThat(this.server.currentVersionId(NAME)).isEqualTo(second).isNotEqualTo(first);
		assertThat("canary-2".equals(read())).isTrue();
	}

	@Test
	void whenOwnerLooksTextUpThenItIsNoCallAndNoFaultConcernsIt() {
		String first = this.server.create(NAME, "canary-1");
		String second = this.server.rotate(NAME, "canary-2");
		this.server.fail(Fault.dropConnection());
		StoredVersion current = this.server.find(NAME, "AWSCURRENT").orElseThrow();
		assertThat(current.versionId()).isEqualTo(second);
		assertThat("canary-2".equals(current.text())).isTrue();
		assertThat(current.created()).isEqualTo(this.now.get());
		assertThat(current.toString().contains("canary-")).isFalse();
		assertThat(this.server.find(NAME, "AWSPREVIOUS").orElseThrow().versionId()).isEqualTo(first);
		assertThat(this.server.find(NAME, "AWSPENDING")).isEmpty();
		assertThat(this.server.find("no/such/secret", "AWSCURRENT")).isEmpty();
		this.server.rotate(NAME, new byte[] { 1 });
		assertThat(this.server.find(NAME, "AWSCURRENT")).isEmpty();
		assertThat(this.server.calls()).isZero();
	}

	@Test
	void whenRotatedInStepsThenCurrentMovesLast() {
		String first = this.server.create(NAME, "canary-1");
		String pending = this.server.putPending(NAME, "canary-2");
		assertThat(this.server.currentVersionId(NAME)).isEqualTo(first);
		assertThat(this.server.finishRotation(NAME)).isEqualTo(pending);
		assertThat(stages()).isEqualTo(Map.of(first, List.of("AWSPREVIOUS"), pending, List.of("AWSCURRENT")));
	}

	@Test
	void whenNothingIsPendingThenFinishRotationFails() {
		this.server.create(NAME, "canary-1");
		assertThatIllegalStateException().isThrownBy(() -> this.server.finishRotation(NAME))
			.withMessageContaining("staging label: AWSPENDING");
	}

	@Test
	void whenStageIsMovedBackThenPreviousFollows() {
		String first = this.server.create(NAME, "canary-1");
		String second = this.server.rotate(NAME, "canary-2");
		this.server.moveStage(NAME, "AWSCURRENT", first);
		assertThat(stages()).isEqualTo(Map.of(first, List.of("AWSCURRENT"), second, List.of("AWSPREVIOUS")));
	}

	@Test
	void whenDatesAreReadThenTheyAreTheClocksWithFractions() {
		this.server.create(NAME, "canary-1");
		assertThat(this.client.getSecretValue((request) -> request.secretId(NAME)).createdDate())
			.isEqualTo(this.now.get());
	}

	@Test
	void whenRecoveryWindowEndsThenGone() {
		this.server.create(NAME, "canary-1");
		this.server.markForDeletion(NAME);
		this.now.updateAndGet((time) -> time.plus(Duration.ofDays(30)));
		SecretsManagerContract.assertError(this::read, "ResourceNotFoundException");
	}

	@Test
	void whenMarkedForDeletionThenRestorable() {
		this.server.create(NAME, "canary-1");
		this.server.markForDeletion(NAME);
		SecretsManagerContract.assertError(this::read, "InvalidRequestException");
		this.server.restore(NAME);
		assertThat(read()).isNotNull();
	}

	@Test
	void whenCreatedAgainThenOldArnIsUnknown() {
		this.server.create(NAME, "canary-1");
		String arn = this.server.arn(NAME);
		this.server.delete(NAME);
		this.server.create(NAME, "canary-2");
		assertThat(this.server.arn(NAME)).startsWith("arn:aws:secretsmanager:eu-central-1:").isNotEqualTo(arn);
		SecretsManagerContract.assertError(() -> this.client.getSecretValue((request) -> request.secretId(arn)),
				"ResourceNotFoundException");
	}

	@Test
	void whenRefusedThenIllegalStateWithCode() {
		assertThatIllegalStateException().isThrownBy(() -> this.server.rotate(NAME, "canary-1"))
			.withMessage("ResourceNotFoundException: Secrets Manager can't find the specified secret.");
	}

	@Test
	void whenLargestThenAcceptedAndLargerRefused() {
		this.server.create(NAME, "canary-" + "x".repeat(65529));
		assertThatIllegalStateException().isThrownBy(() -> this.server.rotate(NAME, "canary-" + "x".repeat(65530)))
			.withMessageContaining("65536");
	}

	@Test
	void whenCalledThenCountedByOperationAndSecret() {
		this.server.create(NAME, "canary-1");
		read();
		this.client.getSecretValue((request) -> request.secretId(this.server.arn(NAME)));
		this.client.batchGetSecretValue((request) -> request.secretIdList(NAME, "missing"));
		assertThat(this.server.calls()).isEqualTo(3);
		assertThat(this.server.calls(Operation.GET_SECRET_VALUE)).isEqualTo(2);
		assertThat(this.server.calls(Operation.GET_SECRET_VALUE, NAME)).isEqualTo(2);
		assertThat(this.server.calls(Operation.BATCH_GET_SECRET_VALUE, "missing")).isOne();
		this.server.resetCalls();
		assertThat(this.server.calls()).isZero();
	}

	@Test
	void whenCalledThenRequestIsRecorded() {
		this.server.create(NAME, "canary-1");
		read();
		RecordedRequest request = this.server.requests().get(0);
		assertThat(request.operation()).isEqualTo(Operation.GET_SECRET_VALUE);
		assertThat(request.secretIds()).containsExactly(NAME);
		assertThat(request.userAgent()).startsWith("aws-sdk-java/2");
		assertThat(request.accessKeyId()).isEqualTo("fake-access-key");
		assertThat(request.region()).isEqualTo("eu-central-1");
		assertThat(request.time()).isEqualTo(this.now.get());
	}

	@Test
	void whenValuesAreWrittenThenNoneShowsUp() {
		this.client.createSecret((request) -> request.name(NAME).secretString("canary-1"));
		this.client.putSecretValue((request) -> request.secretId(NAME).secretString("canary-2"));
		assertThat(this.server.requests().toString()).doesNotContain("canary");
		assertThat(this.server.toString()).contains("secrets=1", "faults=0", "calls=2").doesNotContain("canary");
		assertThat(SecretContent.of("canary-3").toString()).isEqualTo("text");
	}

	@Test
	void whenSpringPropertiesThenEndpointRegionAndCredentials() {
		assertThat(this.server.springProperties())
			.containsEntry("spring.cloud.aws.endpoint", this.server.endpoint().toString())
			.containsEntry("spring.cloud.aws.region.static", "eu-central-1")
			.containsKeys("spring.cloud.aws.credentials.access-key", "spring.cloud.aws.credentials.secret-key");
		assertThat(this.server.arguments("--debug"))
			.contains("--spring.cloud.aws.endpoint=" + this.server.endpoint(), "--debug")
			.hasSize(5)
			.endsWith("--debug");
	}

	@Test
	void whenRequestIsUnsignedThenMissingAuthenticationToken() throws Exception {
		HttpResponse<String> response = send(request("GetSecretValue", "{}"));
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(response.body()).contains("\"__type\":\"MissingAuthenticationTokenException\"");
	}

	@Test
	void whenOperationIsUnknownThenItIsNamedAndIsALimitOfOurs() throws Exception {
		HttpResponse<String> response = send(signed("InventSecret", "{}"));
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(response.body()).contains("\"__type\":\"UnknownOperationException\"",
				"InventSecret is not an operation of this stand-in");
	}

	@Test
	void whenRequestIsMalformedThenSerializationErrorWithoutContent() throws Exception {
		HttpResponse<String> response = send(signed("CreateSecret", "{\"SecretString\":\"canary-"));
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(response.body().contains("SerializationException")).isTrue();
		assertThat(response.body().contains("canary")).isFalse();
	}

	@Test
	void whenAnsweredThenWireIsAwsJson() throws Exception {
		this.server.create(NAME, "canary-1");
		HttpResponse<String> response = send(signed("DescribeSecret", "{\"SecretId\":\"%s\"}".formatted(NAME)));
		assertThat(response.headers().firstValue("x-amzn-RequestId")).isPresent();
		assertThat(response.headers().firstValue("Content-Type")).contains("application/x-amz-json-1.1");
		assertThat(response.body()).contains("\"CreatedDate\":1795428000.123").doesNotContain("null");
	}

	@Test
	void whenClosedThenNoThreadIsLeftAndClosingAgainIsFine() {
		SecretsManagerServer other = SecretsManagerServer.start();
		try (SecretsManagerClient client = TestClients.client(other)) {
			client.listSecrets();
		}
		String threads = "secrets-manager-" + other.endpoint().getPort();
		assertThat(threads(threads)).isNotEmpty().allMatch(Thread::isDaemon);
		other.close();
		other.close();
		await().atMost(TestClients.PATIENCE).until(() -> threads(threads).isEmpty());
		assertThat(other.toString()).contains(other.endpoint().toString());
	}

	@Test
	void whenWrittenAndReadInParallelThenLabelsStayRight() throws Exception {
		this.server.create(NAME, "canary-0");
		ExecutorService executor = Executors.newFixedThreadPool(8);
		try {
			List<Callable<Boolean>> tasks = new ArrayList<>();
			for (int i = 0; i < 100; i++) {
				tasks.add(() -> this.client
					.putSecretValue((request) -> request.secretId(NAME).secretString("canary-" + UUID.randomUUID()))
					.versionStages()
					.contains("AWSCURRENT"));
				tasks.add(() -> this.client.getSecretValue((request) -> request.secretId(NAME))
					.versionStages()
					.contains("AWSCURRENT"));
				tasks.add(() -> stages().values().stream().filter((s) -> s.contains("AWSCURRENT")).count() == 1);
			}
			for (Future<Boolean> result : executor.invokeAll(tasks, 60, TimeUnit.SECONDS)) {
				assertThat(result.get()).isTrue();
			}
		}
		finally {
			executor.shutdownNow();
		}
		assertThat(stages().values()).containsExactlyInAnyOrder(List.of("AWSCURRENT"), List.of("AWSPREVIOUS"));
		assertThat(this.client.listSecretVersionIds((request) -> request.secretId(NAME).includeDeprecated(true))
			.nextToken()).as("101 versions in pages of 100").isNotNull();
	}

	private String read() {
		return this.client.getSecretValue((request) -> request.secretId(NAME)).secretString();
	}

	private Map<String, List<String>> stages() {
		return this.client.describeSecret((request) -> request.secretId(NAME)).versionIdsToStages();
	}

	private HttpRequest.Builder request(String operation, String body) {
		return HttpRequest.newBuilder(this.server.endpoint())
			.header("X-Amz-Target", "secretsmanager." + operation)
			.POST(HttpRequest.BodyPublishers.ofString(body));
	}

	private HttpRequest.Builder signed(String operation, String body) {
		return request(operation, body).header("Authorization", "AWS4-HMAC-SHA256 Credential=a/b/c/d/e");
	}

	private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
		return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
	}

	private static List<Thread> threads(String name) {
		return Thread.getAllStackTraces().keySet().stream().filter((thread) -> thread.getName().equals(name)).toList();
	}

	private Clock clock() {
		return new Clock() {

			@Override
			public ZoneOffset getZone() {
				return ZoneOffset.UTC;
			}

			@Override
			public Clock withZone(java.time.ZoneId zone) {
				return this;
			}

			@Override
			public Instant instant() {
				return SecretsManagerServerTests.this.now.get();
			}

		};
	}

}
