package io.github.secretsboot.fetch.aws;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

import com.sun.net.httpserver.HttpServer;
import io.awspring.cloud.autoconfigure.config.secretsmanager.SecretsManagerClientCustomizer;
import io.github.secretsboot.fetch.HttpReader;
import io.github.secretsboot.test.SecretsManagerServer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

import org.springframework.boot.bootstrap.BootstrapRegistry.InstanceSupplier;
import org.springframework.boot.bootstrap.DefaultBootstrapContext;

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
				SecretsManagerClientSource source = HttpReader.clients(server.springProperties(),
						this.bootstrapContext)) {
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
		String endpoint = "http://127.0.0.1:" + server.getAddress().getPort();
		try (SecretsManagerClientSource source = HttpReader.clients(HttpReader.properties(endpoint),
				this.bootstrapContext)) {
			assertThat(source.getClient().getSecretValue((get) -> get.secretId("a")).secretString())
				.hasSizeGreaterThan(AnswerStream.MAX_SECRET);
		}
		finally {
			server.stop(0);
		}
	}

}
