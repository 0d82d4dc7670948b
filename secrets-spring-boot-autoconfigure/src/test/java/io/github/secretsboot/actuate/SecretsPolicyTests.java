package io.github.secretsboot.actuate;

import java.util.Map;

import io.github.secretsboot.Secrets;
import io.github.secretsboot.env.TestApplication;
import io.github.secretsboot.test.Caller;
import io.github.secretsboot.test.SecretsManagerServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the endpoint tells the policy that it takes, no more and no less.
 */
class SecretsPolicyTests {

	private final SecretsManagerServer server = SecretsManagerServer.builder().region("eu-central-1").start();

	private String arn;

	@BeforeEach
	void createSecret() {
		this.server.create("myapp/api-keys", Map.of("KEY", "canary-key"));
		this.arn = this.server.arn("myapp/api-keys");
	}

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	@Test
	void whenOneSecretIsListedThenPolicyIsItsArnAlone() {
		assertPolicy("", """
				{"Version": "2012-10-17", "Statement": [
				  {"Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": "%s"}]}
				""".formatted(this.arn), "--secrets.sources=myapp/api-keys");
	}

	@Test
	void whenReplicasAreListedThenPolicyHasTheirArns() {
		assertPolicy("", """
				{"Version": "2012-10-17", "Statement": [
				  {"Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": ["%s", "%s"]}]}
				""".formatted(this.arn, this.arn.replace("eu-central-1", "eu-west-1")),
				"--secrets.sources=myapp/api-keys", "--secrets.fetch.failover-regions=eu-west-1");
	}

	@Test
	void whenSecretIsMissingThenPolicyHasPatternAndBatches() {
		assertPolicy("", """
				{"Version": "2012-10-17", "Statement": [
				  {"Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource":
				    ["%s", "arn:aws:secretsmanager:eu-central-1:123456789012:secret:myapp/none-??????",
				     "arn:aws:secretsmanager:eu-central-1:123456789012:secret:myapp/none"]},
				  {"Effect": "Allow", "Action": "secretsmanager:BatchGetSecretValue", "Resource": "*"}]}
				""".formatted(this.arn), "--secrets.sources[0]=myapp/api-keys", "--secrets.sources[1].name=myapp/none",
				"--secrets.sources[1].optional=true");
	}

	@Test
	void whenBatchesAreOffThenPolicyHasNone() {
		assertPolicy("", """
				{"Version": "2012-10-17", "Statement": [
				  {"Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource":
				    ["%s", "arn:aws:secretsmanager:eu-central-1:123456789012:secret:myapp/none-??????",
				     "arn:aws:secretsmanager:eu-central-1:123456789012:secret:myapp/none"]}]}
				""".formatted(this.arn), "--secrets.sources[0]=myapp/api-keys", "--secrets.sources[1].name=myapp/none",
				"--secrets.sources[1].optional=true", "--secrets.fetch.batch=never");
	}

	@Test
	void whenPolicyIsAttachedThenItIsEnoughAlsoForASecretThatIsMissing() {
		String[] arguments = { "--secrets.sources[0]=myapp/api-keys", "--secrets.sources[1].name=myapp/none",
				"--secrets.sources[1].optional=true" };
		String policy;
		try (ConfigurableApplicationContext context = run(arguments)) {
			policy = body(context, "/actuator/secrets/policy");
		}
		this.server.caller(Caller.role("reader").policy(policy));
		try (ConfigurableApplicationContext context = run(arguments)) {
			assertThat(context.getEnvironment().getProperty("KEY")).isEqualTo("canary-key");
			this.server.create("myapp/none", Map.of("LATER", "canary-later"));
			assertThat(context.getBean(Secrets.class).refresh().changes()).hasSize(1);
		}
	}

	@Test
	void whenSecretThatIsLoadedNeedNotExistThenItIsNamedWithoutSuffixToo() {
		assertPolicy("", """
				{"Version": "2012-10-17", "Statement": [
				  {"Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": ["%s",
				    "arn:aws:secretsmanager:eu-central-1:123456789012:secret:myapp/api-keys"]}]}
				""".formatted(this.arn), "--secrets.sources[0].name=myapp/api-keys",
				"--secrets.sources[0].optional=true");
	}

	@Test
	void whenKmsIsAskedForThenPolicyHasItForTheseSecretsOnly() {
		assertPolicy("?kms=true",
				"""
						{"Version": "2012-10-17", "Statement": [
						  {"Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": "%1$s"},
						  {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "arn:aws:kms:eu-central-1:123456789012:key/*",
						   "Condition": {"StringLike": {"kms:ViaService": ["secretsmanager.eu-central-1.amazonaws.com"],
						     "kms:EncryptionContext:SecretARN": ["%1$s"]}}}]}
						"""
					.formatted(this.arn),
				"--secrets.sources=myapp/api-keys");
	}

	@Test
	void whenViewIsUnknownThenIsNotFound() {
		try (ConfigurableApplicationContext context = run("--secrets.sources=myapp/api-keys")) {
			client(context).get().uri("/actuator/secrets/nothing").exchange().expectStatus().isNotFound();
		}
	}

	private void assertPolicy(String query, String policy, String... arguments) {
		try (ConfigurableApplicationContext context = run(arguments)) {
			String uri = "/actuator/secrets/policy" + query;
			String first = body(context, uri);
			client(context).get().uri(uri).exchangeSuccessfully().expectBody().json(policy, JsonCompareMode.STRICT);
			assertThat(body(context, uri)).isEqualTo(first);
		}
	}

	private static String body(ConfigurableApplicationContext context, String uri) {
		return client(context).get()
			.uri(uri)
			.exchangeSuccessfully()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
	}

	private ConfigurableApplicationContext run(String... arguments) {
		SpringApplication application = TestApplication.builder().web(WebApplicationType.SERVLET).build();
		String[] all = this.server.arguments(arguments);
		String[] withWeb = java.util.Arrays.copyOf(all, all.length + 2);
		withWeb[all.length] = "--server.port=0";
		withWeb[all.length + 1] = "--management.endpoints.web.exposure.include=secrets";
		return application.run(withWeb);
	}

	private static RestTestClient client(ConfigurableApplicationContext context) {
		String port = context.getEnvironment().getRequiredProperty("local.server.port");
		return RestTestClient.bindToServer().baseUrl("http://localhost:" + port).build();
	}

}
