package io.github.secretsboot.test;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests with something that answers like AWS Lambda.
 */
class LambdaEndpointTests {

	private static final String FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:rotate-it";

	private final List<String> invocations = new CopyOnWriteArrayList<>();

	private HttpServer lambda;

	private SecretsManagerServer server;

	private SecretsManagerClient client;

	private String failure = "";

	@BeforeEach
	void start() throws IOException {
		this.lambda = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.lambda.createContext("/2015-03-31/functions/rotate-it/invocations", this::invoke);
		this.lambda.start();
		this.server = SecretsManagerServer.builder()
			.lambdaEndpoint(URI.create("http://127.0.0.1:" + this.lambda.getAddress().getPort() + "/"))
			.start();
		this.client = TestClients.client(this.server);
		this.server.create("a", "canary-1");
	}

	@AfterEach
	void stop() {
		this.client.close();
		this.server.close();
		this.lambda.stop(0);
	}

	@Test
	void whenRotatedThenFunctionIsInvokedForEachStep() {
		String token = rotate(FUNCTION);
		assertThat(this.invocations).hasSize(4)
			.first()
			.asString()
			.isEqualTo("{\"Step\":\"createSecret\",\"SecretId\":\"%s\",\"ClientRequestToken\":\"%s\"}"
				.formatted(this.server.arn("a"), token));
		assertThat(this.invocations).last().asString().contains("finishSecret");
	}

	@Test
	void whenFunctionIsMissingThenMayNotBeInvokedAndNothingHasChanged() {
		DescribeSecretResponse before = describe();
		SecretsManagerContract.assertError(() -> rotate(FUNCTION + "-not"), "AccessDeniedException");
		assertThat(describe().toString()).isEqualTo(before.toString());
	}

	@Test
	void whenFunctionFailsThenRotationStops() {
		this.failure = "Unhandled";
		String token = rotate(FUNCTION + ":live");
		assertThat(this.invocations).hasSize(1);
		assertThat(describe().versionIdsToStages()).containsEntry(token, List.of("AWSPENDING"));
		assertThat(describe().lastRotatedDate()).isNull();
	}

	@Test
	void whenFunctionIsKnownInJavaThenThatIsUsed() {
		this.server.rotationFunction(FUNCTION, Rotation.text((current) -> "canary-2"));
		rotate(FUNCTION);
		assertThat(this.invocations).isEmpty();
	}

	private String rotate(String function) {
		return this.client.rotateSecret((request) -> request.secretId("a").rotationLambdaARN(function)).versionId();
	}

	private DescribeSecretResponse describe() {
		return this.client.describeSecret((request) -> request.secretId("a"));
	}

	private void invoke(HttpExchange exchange) throws IOException {
		try (exchange; OutputStream body = exchange.getResponseBody()) {
			this.invocations.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
			if (!this.failure.isEmpty()) {
				exchange.getResponseHeaders().set("X-Amz-Function-Error", this.failure);
			}
			exchange.sendResponseHeaders(200, 0);
			body.write("null".getBytes(StandardCharsets.UTF_8));
		}
	}

}
