package io.github.secretsboot.sample;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Runs the sample the way {@code spring-boot:test-run} does, in a JVM of its own with
 * DevTools on the class path, and lets DevTools restart it.
 */
class DevToolsTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final String STARTED = "Started SampleApplication";

	@TempDir
	private Path directory;

	@Test
	void whenDevToolsRestartsThenSecretsAreLoadedAndFollowRotations() throws Exception {
		int port = freePort();
		RestTestClient client = RestTestClient.bindToServer().baseUrl("http://localhost:" + port).build();
		Files.createDirectories(this.directory.resolve("watched"));
		Process application = start(port);
		try {
			for (int start = 1; start <= 2; start++) {
				if (start > 1) {
					Files.writeString(this.directory.resolve("watched/Changed.class"), "Change number " + start);
				}
				int starts = start;
				await().atMost(PATIENCE).until(() -> count(STARTED) == starts && answers(client));
				awaitKey(client, "sk_t…0001");
				rotate(client);
				awaitKey(client, "sk_t…0002");
			}
			assertThat(count("Loaded 1 secret with 3 properties")).isEqualTo(2);
			assertThat(count("restartedMain")).isPositive();
			assertThat(count(" WARN ")).isZero();
			assertThat(count(" ERROR ")).isZero();
			String threads = client.get()
				.uri("/actuator/threaddump")
				.exchangeSuccessfully()
				.expectBody(String.class)
				.returnResult()
				.getResponseBody();
			for (String name : List.of("secrets-refresh", "page-timer", "charge-load")) {
				assertThat(threads).as(name).containsOnlyOnce("\"threadName\":\"" + name);
			}
		}
		finally {
			application.destroy();
			assertThat(application.waitFor(30, TimeUnit.SECONDS)).isTrue();
		}
	}

	private Process start(int port) throws IOException {
		return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("java.class.path"), TestSampleApplication.class.getName(), "--server.port=" + port,
				"--sample.secrets-manager.port=" + freePort(), "--secrets.refresh.interval=500ms",
				"--management.endpoints.web.exposure.include=health,secrets,threaddump",
				"--spring.devtools.restart.additional-paths=" + this.directory.resolve("watched"),
				"--spring.devtools.restart.poll-interval=300ms", "--spring.devtools.restart.quiet-period=200ms")
			.redirectErrorStream(true)
			.redirectOutput(log())
			.start();
	}

	private File log() {
		return this.directory.resolve("application.log").toFile();
	}

	private int count(String text) throws IOException {
		return Files.readString(log().toPath()).split(text, -1).length - 1;
	}

	private static boolean answers(RestTestClient client) {
		try {
			client.get().uri("/status").exchangeSuccessfully();
			return true;
		}
		catch (RuntimeException | AssertionError ex) {
			return false;
		}
	}

	private static void rotate(RestTestClient client) {
		client.post()
			.uri("/playground/rotations")
			.contentType(MediaType.APPLICATION_JSON)
			.body("{}")
			.exchangeSuccessfully();
	}

	private static void awaitKey(RestTestClient client, String key) {
		await().atMost(PATIENCE)
			.untilAsserted(() -> client.get()
				.uri("/status")
				.exchangeSuccessfully()
				.expectBody()
				.jsonPath("$.key")
				.isEqualTo(key));
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

}
