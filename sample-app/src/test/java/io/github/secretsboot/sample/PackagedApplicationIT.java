package io.github.secretsboot.sample;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Runs the packaged sample the way it would run in production, ahead-of-time processed.
 * The build that processed it had no access to a secret.
 */
class PackagedApplicationIT {

	private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

	private final LocalServices services = LocalServices.start(Clock.systemUTC());

	@TempDir
	private Path directory;

	@AfterEach
	void stop() {
		this.services.close();
	}

	@Test
	void whenProcessedAheadOfTimeThenStartsAndFollowsRotation() throws Exception {
		int port = freePort();
		File log = this.directory.resolve("application.log").toFile();
		Process application = new ProcessBuilder(command(port)).redirectErrorStream(true).redirectOutput(log).start();
		try {
			RestTestClient client = RestTestClient.bindToServer().baseUrl("http://localhost:" + port).build();
			await().atMost(START_TIMEOUT).ignoreExceptions().until(() -> {
				client.get().uri("/actuator/health").exchangeSuccessfully();
				return true;
			});
			assertThat(Files.readString(log.toPath())).contains("Starting AOT-processed SampleApplication")
				.doesNotContain("sk_test_fake_");
			charge(client).jsonPath("$.key").isEqualTo("sk_t…0001");
			this.services.rotateKey();
			client.post().uri("/actuator/secrets").exchangeSuccessfully();
			charge(client).jsonPath("$.key").isEqualTo("sk_t…0002");
			client.get()
				.uri("/actuator/secrets")
				.exchangeSuccessfully()
				.expectBody()
				.jsonPath("$.consumers[?(@.bean=='checkout' && @.member=='stripeKey')].mode")
				.isEqualTo("live");
		}
		finally {
			application.destroy();
			application.waitFor();
		}
	}

	private List<String> command(int port) {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Dspring.aot.enabled=true",
						"-jar", System.getProperty("sample.jar")));
		command.addAll(List.of(this.services.arguments("--server.port=" + port)));
		return command;
	}

	private static RestTestClient.BodyContentSpec charge(RestTestClient client) {
		return client.post()
			.uri("/charges")
			.contentType(MediaType.APPLICATION_JSON)
			.body(Map.of("amount", 1999, "currency", "eur"))
			.exchangeSuccessfully()
			.expectBody();
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

}
