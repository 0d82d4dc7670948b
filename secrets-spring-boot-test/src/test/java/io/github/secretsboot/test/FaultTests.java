package io.github.secretsboot.test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.APIErrorType;
import software.amazon.awssdk.services.secretsmanager.model.BatchGetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.DecryptionFailureException;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.InternalServiceErrorException;

import static io.github.secretsboot.test.SecretsManagerContract.assertError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/**
 * Every fault, seen through the SDK.
 */
class FaultTests {

	private static final String NAME = "myapp/test/api-keys";

	private static final String OTHER = "myapp/test/other";

	private static final String TEXT = "{\"STRIPE_SECRET_KEY\":\"canary-sk_test_fake_1\"}";

	private final SecretsManagerServer server = SecretsManagerServer.start();

	private final SecretsManagerClient client = TestClients.client(this.server);

	@BeforeEach
	void createSecrets() {
		this.server.create(NAME, TEXT);
		this.server.create(OTHER, "canary-other");
	}

	@AfterEach
	void close() {
		this.client.close();
		this.server.close();
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource({ "THROTTLED,ThrottlingException,400", "INTERNAL,InternalServiceError,500",
			"DECRYPTION,DecryptionFailure,400", "EXPIRED,ExpiredTokenException,400",
			"UNRECOGNIZED,UnrecognizedClientException,400", "DENIED,AccessDeniedException,400",
			"ANY,InvalidSignatureException,403" })
	void whenErrorThenCodeAndStatus(Errors error, String code, int status) {
		this.server.fail(error.fault.get());
		AwsServiceException thrown = catchThrowableOfType(AwsServiceException.class, this::get);
		assertThat(thrown.awsErrorDetails().errorCode()).isEqualTo(code);
		assertThat(thrown.statusCode()).isEqualTo(status);
		assertThat(thrown.requestId()).isNotBlank();
	}

	@Test
	void whenModelledErrorThenSdkTypeIsModelled() {
		this.server.fail(Fault.decryptionFailure().times(1));
		assertThatExceptionOfType(DecryptionFailureException.class).isThrownBy(this::get);
		this.server.fail(Fault.internalError());
		assertThatExceptionOfType(InternalServiceErrorException.class).isThrownBy(this::get);
	}

	@Test
	void whenSecretIsDeniedThenMessageNamesPrincipalActionAndResource() {
		this.server.deny(NAME);
		AwsServiceException thrown = catchThrowableOfType(AwsServiceException.class, this::get);
		assertThat(thrown.awsErrorDetails().errorMessage()).startsWith("User: arn:aws:iam::123456789012:user/")
			.contains("is not authorized to perform: secretsmanager:GetSecretValue on resource: " + NAME + " ");
		assertThat(get(OTHER)).isNotNull();
	}

	@Test
	void whenOperationIsDeniedThenOthersWork() {
		this.server.deny(Operation.BATCH_GET_SECRET_VALUE);
		assertError(this::batch, "AccessDeniedException");
		assertThat(get()).isNotNull();
	}

	@Test
	void whenSecretIsDeniedThenBatchReportsItAmongErrors() {
		this.server.deny(NAME);
		BatchGetSecretValueResponse batch = batch();
		assertThat(batch.secretValues()).extracting("name").containsExactly(OTHER);
		assertThat(batch.errors()).extracting(APIErrorType::secretId).containsExactly(NAME);
		assertThat(batch.errors().get(0).errorCode()).isEqualTo("AccessDeniedException");
		assertThat(batch.errors().get(0).message()).contains("secretsmanager:GetSecretValue on resource");
	}

	@Test
	void whenSecretIsDeniedForWholeBatchThenBatchFails() {
		this.server.fail(Fault.denied().on(Operation.BATCH_GET_SECRET_VALUE).on(NAME).wholeBatch());
		AwsServiceException thrown = catchThrowableOfType(AwsServiceException.class, this::batch);
		assertThat(thrown.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException");
		assertThat(thrown.awsErrorDetails().errorMessage()).contains("VPC endpoint policy");
		assertThat(get()).isNotNull();
	}

	@Test
	void whenFaultNamesArnThenItMatchesTheName() {
		this.server.deny(this.server.arn(NAME));
		assertError(this::get, "AccessDeniedException");
	}

	@Test
	void whenThrottledTwiceThenThirdCallWorks() {
		this.server.throttle(2);
		assertError(this::get, "ThrottlingException");
		assertError(this::get, "ThrottlingException");
		assertThat(get()).isNotNull();
	}

	@Test
	void whenNarrowedThenOtherCallsDoNotUseItUp() {
		this.server.fail(Fault.throttled().on(Operation.GET_SECRET_VALUE).on(NAME).times(1));
		assertThat(get(OTHER)).isNotNull();
		assertThat(this.client.describeSecret((request) -> request.secretId(NAME))).isNotNull();
		assertError(this::get, "ThrottlingException");
		assertThat(get()).isNotNull();
	}

	@Test
	void whenSeveralFaultsThenTheyTakeTurns() {
		this.server.throttle(1);
		this.server.deny(NAME);
		assertError(this::get, "ThrottlingException");
		assertError(this::get, "AccessDeniedException");
	}

	@Test
	void whenInRegionThenOtherRegionsWork() {
		this.server.fail(Fault.internalError().inRegion("eu-central-1"));
		try (SecretsManagerClient other = TestClients.client(this.server.endpoint(), "eu-central-1",
				TestClients.PATIENCE)) {
			assertError(() -> other.getSecretValue((request) -> request.secretId(NAME)), "InternalServiceError");
		}
		assertThat(get()).isNotNull();
	}

	@Test
	void whenHealedThenWorks() {
		this.server.deny(NAME);
		this.server.latency(Duration.ofDays(1));
		this.server.heal();
		assertThat(get()).isNotNull();
	}

	@Test
	void whenHangsThenClientTimesOut() {
		this.server.fail(Fault.hang());
		try (SecretsManagerClient impatient = TestClients.client(this.server.endpoint(), "us-east-1",
				Duration.ofMillis(200))) {
			assertThatExceptionOfType(SdkClientException.class)
				.isThrownBy(() -> impatient.getSecretValue((request) -> request.secretId(NAME)))
				.withStackTraceContaining("SocketTimeoutException");
		}
	}

	@Test
	void whenHealedThenHangingCallsEnd() {
		this.server.fail(Fault.hang().times(1));
		CompletableFuture<GetSecretValueResponse> hanging = CompletableFuture.supplyAsync(this::get);
		awaitCalls(1);
		this.server.heal();
		assertThat(catchThrowableOfType(Exception.class, () -> hanging.get(10, TimeUnit.SECONDS)))
			.hasCauseInstanceOf(SdkException.class);
	}

	@Test
	void whenManyCallsHangThenOthersAreAnswered() {
		this.server.fail(Fault.hang().on(NAME));
		List<Thread> hanging = IntStream.range(0, 50).mapToObj((i) -> hang()).toList();
		awaitCalls(50);
		assertThat(get(OTHER)).isNotNull();
		this.server.close();
		await().atMost(TestClients.PATIENCE).until(() -> hanging.stream().noneMatch(Thread::isAlive));
	}

	private Thread hang() {
		Thread thread = new Thread(() -> assertThatExceptionOfType(SdkException.class).isThrownBy(this::get));
		thread.setDaemon(true);
		thread.start();
		return thread;
	}

	@Test
	void whenDelayedThenLateButRight() {
		this.server.fail(Fault.delay(Duration.ofMillis(150)).times(1));
		this.server.latency(Duration.ofMillis(100));
		long start = System.nanoTime();
		assertThat(get()).isNotNull();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(250));
	}

	@Test
	void whenConnectionIsDroppedThenClientFails() {
		this.server.fail(Fault.dropConnection());
		assertThatExceptionOfType(SdkClientException.class).isThrownBy(this::get);
	}

	@Test
	void whenBodyIsTruncatedThenClientFails() {
		this.server.fail(Fault.truncatedBody());
		assertThatExceptionOfType(SdkException.class).isThrownBy(this::get);
	}

	@Test
	void whenBodyIsNotJsonThenClientFails() {
		this.server.fail(Fault.notJson());
		assertThatExceptionOfType(SdkException.class).isThrownBy(this::get);
	}

	@Test
	void whenContentTypeIsWrongThenClientSeesIt() {
		this.server.fail(Fault.wrongContentType());
		assertThat(get().sdkHttpResponse().firstMatchingHeader("Content-Type")).contains("text/html");
	}

	@Test
	void whenValueIsBrokenThenTextIsCutOff() {
		this.server.fail(Fault.brokenValue().on(NAME).times(2));
		this.client.describeSecret((request) -> request.secretId(NAME));
		assertThat(TEXT.substring(0, TEXT.length() / 2).equals(get().secretString())).isTrue();
		BatchGetSecretValueResponse batch = batch();
		assertThat(TEXT.equals(batch.secretValues().get(0).secretString())).isFalse();
		assertThat("canary-other".equals(batch.secretValues().get(1).secretString())).isTrue();
		assertThat(TEXT.equals(get().secretString())).isTrue();
	}

	private GetSecretValueResponse get() {
		return get(NAME);
	}

	private GetSecretValueResponse get(String name) {
		return this.client.getSecretValue((request) -> request.secretId(name));
	}

	private BatchGetSecretValueResponse batch() {
		return this.client.batchGetSecretValue((request) -> request.secretIdList(NAME, OTHER));
	}

	private void awaitCalls(int calls) {
		await().atMost(TestClients.PATIENCE).until(() -> this.server.calls() >= calls);
	}

	enum Errors {

		THROTTLED(Fault::throttled), INTERNAL(Fault::internalError), DECRYPTION(Fault::decryptionFailure),
		EXPIRED(Fault::expiredToken), UNRECOGNIZED(Fault::unrecognizedClient), DENIED(Fault::denied),
		ANY(() -> Fault.error(403, "InvalidSignatureException", "any message"));

		private final Supplier<Fault> fault;

		Errors(Supplier<Fault> fault) {
			this.fault = fault;
		}

	}

}
