package io.github.secretsboot.fetch;

import java.net.URI;
import java.util.Map;
import java.util.UUID;

import io.github.secretsboot.env.TestApplication;
import io.github.secretsboot.refresh.SecretsEngine;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an application relies on, whoever plays Secrets Manager.
 */
abstract class AbstractSecretsManagerTests {

	abstract URI endpoint();

	@Test
	void whenSecretIsCreatedThenApplicationLoadsIt() {
		String name = create("canary-text");
		try (ConfigurableApplicationContext context = run(name)) {
			assertThat(context.getEnvironment().getProperty(key(name))).isEqualTo("canary-text");
		}
	}

	@Test
	void whenSeveralSecretsAreCreatedThenApplicationLoadsThemAll() {
		String first = create("canary-first");
		String second = create("canary-second");
		try (ConfigurableApplicationContext context = run(first + "," + second)) {
			assertThat(context.getEnvironment().getProperty(key(first))).isEqualTo("canary-first");
			assertThat(context.getEnvironment().getProperty(key(second))).isEqualTo("canary-second");
		}
	}

	@Test
	void whenSecretIsRotatedThenApplicationFollows() {
		String name = create("canary-old");
		try (ConfigurableApplicationContext context = run(name); SecretsManagerClient client = client()) {
			client.putSecretValue((request) -> request.secretId(name).secretString("canary-new"));
			assertThat(context.getBean(SecretsEngine.class).refresh().changes()).hasSize(1);
			assertThat(context.getEnvironment().getProperty(key(name))).isEqualTo("canary-new");
		}
	}

	@Test
	void whenSecretIsRotatedThenItsLabelsAreDescribed() {
		String name = create("canary-old");
		try (SecretsManagerClient client = client()) {
			String version = client.putSecretValue((request) -> request.secretId(name).secretString("canary-new"))
				.versionId();
			DescribeSecretResponse description = client.describeSecret((request) -> request.secretId(name));
			assertThat(description.versionIdsToStages().get(version)).containsExactly("AWSCURRENT");
			assertThat(description.versionIdsToStages().values()).anyMatch((labels) -> labels.contains("AWSPREVIOUS"));
		}
	}

	private String create(String text) {
		String name = "myapp/" + UUID.randomUUID();
		try (SecretsManagerClient client = client()) {
			client.createSecret((request) -> request.name(name).secretString(text));
		}
		return name;
	}

	private String key(String name) {
		return name.substring(name.indexOf('/') + 1);
	}

	private SecretsManagerClient client() {
		return SecretsManagerClient.builder()
			.endpointOverride(endpoint())
			.region(Region.US_EAST_1)
			.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("fake", "fake")))
			.build();
	}

	private ConfigurableApplicationContext run(String sources) {
		return TestApplication.builder()
			.properties(Map.of("spring.cloud.aws.endpoint", endpoint().toString(), "spring.cloud.aws.region.static",
					"us-east-1", "spring.cloud.aws.credentials.access-key", "fake",
					"spring.cloud.aws.credentials.secret-key", "fake"))
			.run("--secrets.sources=" + sources);
	}

}
