package io.github.secretsboot.test;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for the server in a process of its own.
 */
class StandaloneTests {

	@TempDir
	private Path directory;

	@Test
	void whenStartedThenPrintsEndpointAndCommandAndServesTheFile() throws Exception {
		Path content = write(
				"{\"myapp/text\": \"canary-text\", \"myapp/json\": {\"KEY\": \"canary-json\", \"port\": 1}}");
		Process process = java("--port", "0", "--content", content.toString(), "--region", "eu-west-1");
		try (BufferedReader output = process.inputReader()) {
			String first = output.readLine();
			assertThat(first).matches("Secrets Manager at http://127\\.0\\.0\\.1:\\d+");
			URI endpoint = URI.create(first.substring(first.indexOf("http")));
			assertThat(output.readLine()).contains("AWS_DEFAULT_REGION=eu-west-1");
			assertThat(output.readLine()).contains("aws secretsmanager list-secrets --endpoint-url " + endpoint);
			try (SecretsManagerClient client = TestClients.client(endpoint, "eu-west-1", TestClients.PATIENCE)) {
				assertThat("canary-text".equals(read(client, "myapp/text"))).isTrue();
				assertThat("{\"KEY\":\"canary-json\",\"port\":1}".equals(read(client, "myapp/json"))).isTrue();
			}
		}
		finally {
			process.destroy();
		}
		assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void whenOptionIsUnknownThenSaysSoAndEnds() throws Exception {
		Process process = java("--color", "red");
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).isEqualTo(2);
		assertThat(output).contains("There is no option --color", "--lambda-endpoint <URL>");
	}

	@Test
	void whenHelpThenPrintsOptions() throws Exception {
		Process process = java("--help");
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).isZero();
		assertThat(output).contains("--port <number>", "--content <file>");
	}

	@Test
	void whenOptionHasNoValueThenSaysSo() {
		assertThatIllegalArgumentException().isThrownBy(() -> Standalone.start("--port"))
			.withMessage("What is the value of --port?");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"a": canary}   | are no JSON, see line 1
			["canary"]      | are no JSON object of names and values
			""")
	void whenFileIsNoContentThenSaysSoWithoutValue(String text, String message) throws IOException {
		Path content = write(text);
		assertThatIllegalArgumentException().isThrownBy(() -> SecretsManagerServer.builder().content(content).start())
			.satisfies(
					(ex) -> assertThat(ex.getMessage()).contains(content.toString(), message).doesNotContain("canary"));
	}

	@Test
	void whenFileIsMissingThenNamesIt() {
		Path missing = this.directory.resolve("missing.json");
		assertThatThrownBy(() -> SecretsManagerServer.builder().content(missing).start())
			.hasMessage("Cannot read the secrets in " + missing);
	}

	private Path write(String text) throws IOException {
		return Files.writeString(this.directory.resolve("content.json"), text);
	}

	private static String read(SecretsManagerClient client, String name) {
		return client.getSecretValue((request) -> request.secretId(name)).secretString();
	}

	private static Process java(String... arguments) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
						System.getProperty("java.class.path"), Standalone.class.getName()));
		command.addAll(List.of(arguments));
		return new ProcessBuilder(command).redirectErrorStream(true).start();
	}

}
