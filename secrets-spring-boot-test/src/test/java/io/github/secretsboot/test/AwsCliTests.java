package io.github.secretsboot.test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

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

	/**
	 * One command a line.
	 */
	@Test
	void whenUsedThroughCliThenEachOperationAnswers() throws Exception {
		this.server.rotationFunction("rotate-it", Rotation.text((current) -> current + "-rotated"));
		String policy = "{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"123456789012\"},\"Action\":\"*\"}}";
		String first = "11111111-1111-1111-1111-111111111111";
		String second = "22222222-2222-2222-2222-222222222222";
		for (String command : """
				get-random-password --password-length 20
				create-secret --name cli/all --secret-string canary-1 --client-request-token FIRST
				put-secret-value --secret-id cli/all --secret-string canary-2 --client-request-token SECOND
				update-secret-version-stage --secret-id cli/all --version-stage AWSCURRENT --move-to-version-id FIRST \
				--remove-from-version-id SECOND
				update-secret --secret-id cli/all --description text
				get-secret-value --secret-id cli/all
				describe-secret --secret-id cli/all
				list-secret-version-ids --secret-id cli/all
				tag-resource --secret-id cli/all --tags Key=team,Value=shop
				untag-resource --secret-id cli/all --tag-keys team
				list-secrets --filters Key=name,Values=cli/all --sort-order desc
				batch-get-secret-value --secret-id-list cli/all
				rotate-secret --secret-id cli/all --rotation-rules AutomaticallyAfterDays=30 --rotation-lambda-arn \
				arn:aws:lambda:us-east-1:123456789012:function:rotate-it
				cancel-rotate-secret --secret-id cli/all
				validate-resource-policy --resource-policy POLICY
				put-resource-policy --secret-id cli/all --resource-policy POLICY
				get-resource-policy --secret-id cli/all
				delete-resource-policy --secret-id cli/all
				replicate-secret-to-regions --secret-id cli/all --add-replica-regions Region=eu-west-1
				remove-regions-from-replication --secret-id cli/all --remove-replica-regions eu-west-1
				delete-secret --secret-id cli/all
				restore-secret --secret-id cli/all""".split("\n")) {
			aws(Stream.of(command.split(" "))
				.map((word) -> word.replace("FIRST", first).replace("SECOND", second).replace("POLICY", policy))
				.toArray(String[]::new));
		}
		// From the primary region, which it is told
		assertThat(run("stop-replication-to-replica", "--secret-id", "cli/all").output())
			.contains("(InvalidParameterException)");
		assertThat(this.server.requests()).extracting(RecordedRequest::operation).contains(Operation.values());
	}

	private JsonNode aws(String... arguments) throws Exception {
		Result result = run(arguments);
		assertThat(result.status()).as(arguments[0]).isZero();
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
