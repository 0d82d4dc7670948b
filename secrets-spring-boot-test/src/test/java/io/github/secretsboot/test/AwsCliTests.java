package io.github.secretsboot.test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The AWS command line interface against the server.
 */
class AwsCliTests {

	@RegisterExtension
	static final SecretsManagerExtension secretsManager = new SecretsManagerExtension();

	private final SecretsManagerServer server = secretsManager.server();

	@BeforeAll
	static void requireCli() throws InterruptedException {
		boolean installed;
		try {
			installed = new ProcessBuilder("aws", "--version").redirectErrorStream(true).start().waitFor() == 0;
		}
		catch (IOException ex) {
			installed = false;
		}
		assumeTrue(installed, "The AWS CLI is not installed");
	}

	@Test
	void whenUsedThroughCliThenCreatesReadsRotatesAndDescribes() throws Exception {
		JsonNode created = aws("create-secret", "--name", "cli/secret", "--secret-string", "canary-cli-1");
		assertThat(created.path("ARN").asString()).isEqualTo(this.server.arn("cli/secret"));
		JsonNode first = aws("get-secret-value", "--secret-id", "cli/secret");
		assertThat("canary-cli-1".equals(first.path("SecretString").asString())).isTrue();
		JsonNode rotated = aws("put-secret-value", "--secret-id", "cli/secret", "--secret-string", "canary-cli-2");
		assertThat(rotated.path("VersionId").asString()).isEqualTo(this.server.currentVersionId("cli/secret"));
		JsonNode description = aws("describe-secret", "--secret-id", "cli/secret");
		assertThat(description.path("VersionIdsToStages").size()).isEqualTo(2);
	}

	@Test
	void whenMissingThenCliPrintsAwsMessage() throws Exception {
		Result result = run("get-secret-value", "--secret-id", "cli/missing");
		assertThat(result.status()).isNotZero();
		assertThat(result.output()).contains("(ResourceNotFoundException) when calling the GetSecretValue operation: "
				+ "Secrets Manager can't find the specified secret.");
	}

	private JsonNode aws(String... arguments) throws Exception {
		Result result = run(arguments);
		assertThat(result.status()).isZero();
		return new JsonMapper().readTree(result.output());
	}

	private Result run(String... arguments) throws Exception {
		List<String> command = new ArrayList<>(List.of("aws", "secretsmanager"));
		command.addAll(List.of(arguments));
		command.addAll(List.of("--output", "json", "--endpoint-url", this.server.endpoint().toString()));
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		builder.environment()
			.putAll(Map.of("AWS_ACCESS_KEY_ID", "fake-access-key", "AWS_SECRET_ACCESS_KEY", "fake-secret-key",
					"AWS_DEFAULT_REGION", this.server.region(), "AWS_EC2_METADATA_DISABLED", "true", "AWS_PAGER", "",
					"AWS_CONFIG_FILE", "/nonexistent", "AWS_SHARED_CREDENTIALS_FILE", "/nonexistent"));
		Process process = builder.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
		return new Result(process.exitValue(), output);
	}

	private record Result(int status, String output) {

	}

}
