package io.github.secretsboot.fetch.aws.direct;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MalformedURLException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import io.github.secretsboot.FailureReason;
import io.github.secretsboot.fetch.Deadline;
import io.github.secretsboot.fetch.FetchException;
import io.github.secretsboot.fetch.FetchFailure;
import io.github.secretsboot.fetch.HttpReader;
import io.github.secretsboot.fetch.Location;
import io.github.secretsboot.fetch.SecretReader;
import io.github.secretsboot.fetch.SecretRequest;
import io.github.secretsboot.fetch.SecretValue;
import io.github.secretsboot.fetch.aws.SecretsManagerCalls;
import io.github.secretsboot.fetch.aws.SecretsManagerCalls.Page;
import io.github.secretsboot.fetch.aws.SecretsManagerClientSource;
import io.github.secretsboot.fetch.aws.SecretsManagerReader;
import io.github.secretsboot.test.SecretsManagerServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

import org.springframework.boot.bootstrap.BootstrapRegistry.InstanceSupplier;
import org.springframework.boot.bootstrap.DefaultBootstrapContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests that calls without the SDK's client are what the client's calls are.
 */
class DirectCallsTests {

	private static final AwsCredentials CREDENTIALS = AwsSessionCredentials.create("fake-key", "canary-key",
			"canary-session");

	private static final String VALUE = """
			{"ARN":"arn:aws:secretsmanager:us-east-1:123456789012:secret:a-AbCdEf","Name":"a","VersionId":"1",
			"SecretString":"canary-stub","New":{"x":[1,{"Name":"canary-other"}]},"SecretBinary":null}""";

	private final List<Headers> received = new CopyOnWriteArrayList<>();

	private final List<String> bodies = new CopyOnWriteArrayList<>();

	private HttpServer stub;

	private volatile String answer = VALUE;

	private volatile int status = 200;

	private volatile @Nullable String errorType;

	@BeforeEach
	void startStub() throws IOException {
		this.stub = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.stub.createContext("/", (exchange) -> {
			try (exchange) {
				this.received.add(exchange.getRequestHeaders());
				this.bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
				byte[] body = this.answer.getBytes(StandardCharsets.UTF_8);
				if (this.errorType != null) {
					exchange.getResponseHeaders().set("x-amzn-ErrorType", this.errorType);
				}
				int status = isSkewed(exchange.getRequestHeaders()) ? 400 : this.status;
				exchange.sendResponseHeaders(status, (body.length == 0) ? -1 : body.length);
				exchange.getResponseBody().write(body);
			}
		});
		this.stub.start();
	}

	private static boolean isSkewed(Headers headers) {
		return headers.getFirst("X-Amz-Date").startsWith("2020");
	}

	@AfterEach
	void stopStub() {
		this.stub.stop(0);
	}

	@Test
	void whenSecretsAreReadThenTheyAreWhatTheClientReads() {
		String large = "canary-" + "\u0000\"\\/é€😀\n".repeat(4_600);
		try (SecretsManagerServer server = SecretsManagerServer.start();
				SecretsManagerClient client = client(server.endpoint())) {
			server.create("unicode", "{\"key\":\"canary-ü€😀\"}");
			server.create("large", large);
			server.create("empty", "");
			client.createSecret((request) -> request.name("binary")
				.secretBinary(SdkBytes.fromByteArray(new byte[] { 0, -1, 127, 10 })));
			DirectCalls direct = calls(server.endpoint(), StaticCredentialsProvider.create(CREDENTIALS),
					Clock.systemUTC());
			SecretsManagerCalls sdk = sdk(client);
			List<String> names = List.of("unicode", "large", "empty", "binary", server.arn("large"), "missing");
			for (String name : names.subList(0, 5)) {
				SecretRequest request = SecretRequest.current(name);
				assertSame(direct.get(request, deadline()), sdk.get(request, deadline()));
			}
			assertSame(direct.get(new SecretRequest("large", "AWSCURRENT", null), deadline()),
					sdk.get(SecretRequest.current("large"), deadline()));
			Page page = direct.batch(names, null, deadline());
			Page expected = sdk.batch(names, null, deadline());
			assertThat(page.values()).hasSameSizeAs(expected.values()).hasSizeGreaterThan(3);
			for (int i = 0; i < page.values().size(); i++) {
				assertSame(page.values().get(i), expected.values().get(i));
			}
			assertThat(page.errors()).isEqualTo(expected.errors()).hasSize(1);
			assertThat(page.nextToken()).isEqualTo(expected.nextToken());
		}
	}

	private static void assertSame(SecretValue value, SecretValue expected) {
		assertThat(value.version()).isEqualTo(expected.version());
		assertThat(value.text()).isEqualTo(expected.text());
		assertThat(value.bytes()).isEqualTo(expected.bytes());
	}

	@Test
	void whenCallIsMadeThenItIsSignedAndNamesTheApplication() {
		Instant time = Instant.parse("2026-01-02T03:04:05Z");
		SecretValue value = calls(endpoint(), StaticCredentialsProvider.create(CREDENTIALS),
				Clock.fixed(time, ZoneOffset.UTC))
			.get(new SecretRequest("a\"b/ü", "STAGE", "version"), deadline());
		assertThat(value.text()).isEqualTo("canary-stub");
		assertThat(value.version().name()).isEqualTo("a");
		assertThat(this.bodies)
			.containsExactly("{\"SecretId\":\"a\\\"b/ü\",\"VersionStage\":\"STAGE\",\"VersionId\":\"version\"}");
		Headers headers = this.received.get(0);
		assertThat(headers.getFirst("Authorization")).isEqualTo(SignatureV4Tests.authorization(endpoint(), "us-east-1",
				CREDENTIALS, this.bodies.get(0).getBytes(StandardCharsets.UTF_8), time));
		assertThat(headers.getFirst("X-Amz-Security-Token")).isEqualTo("canary-session");
		assertThat(headers.getFirst("User-Agent")).isEqualTo("agent");
	}

	@Test
	void whenCallsFollowEachOtherThenTheConnectionIsKept() {
		DirectCalls calls = calls(Clock.systemUTC());
		for (int i = 0; i < 3; i++) {
			calls.get(SecretRequest.current("a"), deadline());
		}
		assertThat(this.bodies).hasSize(3).containsOnly("{\"SecretId\":\"a\"}");
	}

	@Test
	void whenClockIsWrongThenTheClientTakesOver() {
		this.errorType = "InvalidSignatureException";
		DirectCalls calls = calls(Clock.fixed(Instant.parse("2020-01-01T00:00:00Z"), ZoneOffset.UTC));
		assertThat(calls.get(SecretRequest.current("a"), deadline()).text()).isEqualTo("canary-stub");
		assertThat(calls.batch(List.of("a", "b"), null, deadline()).values()).isEmpty();
		assertThat(this.received).extracting((headers) -> headers.getFirst("User-Agent").contains("aws-sdk-java"))
			.containsExactly(false, true, true);
	}

	@Test
	void whenSignatureIsWrongButTheClockIsRightThenTheAnswerCounts() {
		this.errorType = "InvalidSignatureException";
		this.status = 403;
		assertReason(FailureReason.NO_CREDENTIALS);
		assertThat(this.received).hasSize(1);
	}

	@Test
	void whenCredentialsAreAnonymousThenTheClientTakesOver() {
		calls(endpoint(), AnonymousCredentialsProvider.create(), Clock.systemUTC()).get(SecretRequest.current("a"),
				deadline());
		assertThat(this.received).extracting((headers) -> headers.getFirst("User-Agent").contains("aws-sdk-java"))
			.containsExactly(true);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			AccessDeniedException:http://x/ | - | ACCESS_DENIED
			- | {"__type":"com.amazonaws.x#ResourceNotFoundException","Message":"no"} | NOT_FOUND
			- | {"__type":"DecryptionFailure","message":"no"} | DECRYPTION_FAILED
			- | {"__type":"ExpiredTokenException"} | EXPIRED_CREDENTIALS
			- | {"__type":"InvalidRequestException","message":"it is marked for deletion"} | MARKED_FOR_DELETION
			- | [1 | SERVICE_ERROR
			- | - | SERVICE_ERROR
			""")
	void whenCallIsAnsweredWithAnErrorThenReasonIsKnownAndNothingIsRepeated(@Nullable String type,
			@Nullable String body, FailureReason reason) {
		this.status = 400;
		this.errorType = type;
		this.answer = (body != null) ? body : "";
		assertReason(reason);
		assertThat(this.received).hasSize(1);
	}

	private void assertReason(FailureReason reason) {
		assertThat(failure(deadline()).reason()).isEqualTo(reason);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "[]", "null", "{", "{}", "{\"Name\":", "{\"Name\":{\"Name\":\"canary\"}}", "<html>",
			"{\"SecretValues\":{}}", "{\"SecretValues\":\"canary\"}", "{\"SecretValues\":[1]}", "{\"SecretValues\":[[",
			"{\"SecretValues\":[{\"Name\":\"canary\"", "{\"CreatedDate\":\"canary\"}", "{\"SecretBinary\":\"*\"}",
			"{\"VersionStages\":1}" })
	void whenAnswerIsMalformedThenFailureQuotesNothing(String body) {
		this.answer = body;
		assertThat(failure(deadline())).satisfies((known) -> {
			assertThat(known.reason()).isEqualTo(FailureReason.SERVICE_ERROR);
			assertThat(known.outage()).isTrue();
			assertThat(known.detail()).doesNotContain("canary");
		});
		if (!body.equals("{}") && !body.contains("Name\":{") && !body.contains("Created") && !body.contains("Binary")
				&& !body.contains("Stages")) {
			assertThatExceptionOfType(SdkClientException.class)
				.isThrownBy(() -> calls(Clock.systemUTC()).batch(List.of("a", "b"), null, deadline()));
		}
	}

	@Test
	void whenNobodyListensThenItIsUnreachable() {
		this.stub.stop(0);
		assertThat(failure(Deadline.after(Duration.ofSeconds(2))).reason()).isEqualTo(FailureReason.UNREACHABLE);
	}

	/**
	 * What a reader makes of the failure.
	 */
	private FetchFailure failure(Deadline deadline) {
		SecretsManagerClientSource clients = HttpReader.clients(Map.of(), new DefaultBootstrapContext());
		try (SecretReader reader = new SecretsManagerReader(clients, (location) -> calls(Clock.systemUTC()))) {
			return catchThrowableOfType(FetchException.class, () -> reader.read(SecretRequest.current("a"), deadline))
				.getFailure();
		}
	}

	private static Deadline deadline() {
		return Deadline.after(Duration.ofSeconds(20));
	}

	private URI endpoint() {
		return URI.create("http://127.0.0.1:" + this.stub.getAddress().getPort());
	}

	private DirectCalls calls(Clock clock) {
		return calls(endpoint(), StaticCredentialsProvider.create(CREDENTIALS), clock);
	}

	private DirectCalls calls(URI endpoint, AwsCredentialsProvider credentials, Clock clock) {
		try {
			return new DirectCalls(
					new JsonEndpoint(endpoint.resolve("/").toURL(), "us-east-1", credentials, "agent", clock),
					() -> sdk(client(endpoint)));
		}
		catch (MalformedURLException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	private static SecretsManagerCalls sdk(SecretsManagerClient client) {
		DefaultBootstrapContext bootstrapContext = new DefaultBootstrapContext();
		bootstrapContext.register(SecretsManagerClient.class, InstanceSupplier.of(client));
		return HttpReader.clients(Map.of(), bootstrapContext).calls(Location.DEFAULT);
	}

	private static SecretsManagerClient client(URI endpoint) {
		return SecretsManagerClient.builder()
			.endpointOverride(endpoint)
			.region(Region.US_EAST_1)
			.credentialsProvider(StaticCredentialsProvider.create(CREDENTIALS))
			.build();
	}

}
