package io.github.secretsboot.fetch.aws;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import com.sun.net.httpserver.HttpServer;
import io.awspring.cloud.autoconfigure.config.secretsmanager.SecretsManagerClientCustomizer;
import io.github.secretsboot.test.SecretsManagerServer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

import org.springframework.boot.bootstrap.BootstrapRegistry.InstanceSupplier;
import org.springframework.boot.bootstrap.DefaultBootstrapContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;

/**
 * Tests what clients are built of.
 */
class ClientFactoryTests {

	private final SdkHttpClient http = mock(SdkHttpClient.class, delegatesTo(UrlConnectionHttpClient.create()));

	private final DefaultBootstrapContext bootstrapContext = new DefaultBootstrapContext();

	@Test
	void whenCustomizerSetsAnHttpClientThenItIsUsed() {
		assertUsed((builder) -> builder.httpClient(this.http));
	}

	@Test
	void whenCustomizerSetsABuilderOfHttpClientsThenItIsUsed() {
		assertUsed((builder) -> builder.httpClientBuilder((defaults) -> this.http));
	}

	private void assertUsed(SecretsManagerClientCustomizer customizer) {
		this.bootstrapContext.register(SecretsManagerClientCustomizer.class, InstanceSupplier.of(customizer));
		try (SecretsManagerServer server = SecretsManagerServer.start();
				SecretsManagerClientSource source = source(server.springProperties())) {
			server.create("a", "canary-text");
			source.getClient().getSecretValue((get) -> get.secretId("a"));
			then(this.http).should().prepareRequest(any());
		}
	}

	@Test
	void whenApplicationCallsItselfThenAnswersHaveNoLimit() throws IOException {
		byte[] answer = ("{\"Name\":\"a\",\"SecretString\":\"canary-" + "a".repeat(AnswerStream.MAX_SECRET) + "\"}")
			.getBytes(StandardCharsets.UTF_8);
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/", (exchange) -> {
			try (exchange) {
				exchange.getRequestBody().readAllBytes();
				exchange.sendResponseHeaders(200, answer.length);
				exchange.getResponseBody().write(answer);
			}
		});
		server.start();
		Map<String, String> properties = Map.of("spring.cloud.aws.endpoint",
				"http://127.0.0.1:" + server.getAddress().getPort(), "spring.cloud.aws.region.static", "us-east-1",
				"spring.cloud.aws.credentials.access-key", "fake", "spring.cloud.aws.credentials.secret-key", "fake");
		try (SecretsManagerClientSource source = source(properties)) {
			assertThat(source.getClient().getSecretValue((get) -> get.secretId("a")).secretString())
				.hasSizeGreaterThan(AnswerStream.MAX_SECRET);
		}
		finally {
			server.stop(0);
		}
	}

	private SecretsManagerClientSource source(Map<String, String> properties) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("test", Map.copyOf(properties)));
		return new SecretsManagerClientSource(environment, this.bootstrapContext);
	}

}
