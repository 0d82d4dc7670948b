package io.github.secretsboot.env;

import io.github.secretsboot.FailureReason;
import io.github.secretsboot.SecretFailure;
import io.github.secretsboot.SecretsLoadException;
import io.github.secretsboot.test.SecretsManagerServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests how the names of {@code secrets.sources} expand.
 */
@ExtendWith(OutputCaptureExtension.class)
class SecretNamesTests {

	private final SecretsManagerServer server = SecretsManagerServer.start();

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	@Test
	void whenEnvironmentIsSetThenItReplacesEnv() {
		this.server.create("myapp/live/token", "canary-live");
		assertThat(token("--secrets.sources=myapp/{env}/token", "--secrets.environment=live",
				"--spring.profiles.active=prod"))
			.isEqualTo("canary-live");
	}

	@Test
	void whenNoProfileIsActiveThenEnvIsDefault() {
		this.server.create("myapp/default/token", "canary-default");
		assertThat(token("--secrets.sources=myapp/{env}/token")).isEqualTo("canary-default");
	}

	@Test
	void whenProfileIsActiveThenItReplacesEnv() {
		this.server.create("myapp/prod/token", "canary-prod");
		assertThat(token("--secrets.sources=myapp/{env}/token", "--spring.profiles.active=prod"))
			.isEqualTo("canary-prod");
	}

	@Test
	void whenTwoProfilesAreActiveThenTheLaterWinsWithoutWarning(CapturedOutput output) {
		this.server.create("myapp/prod/token", "canary-prod");
		this.server.create("myapp/eu/token", "canary-eu");
		assertThat(token("--secrets.sources=myapp/{env}/token", "--spring.profiles.active=prod,eu"))
			.isEqualTo("canary-eu");
		assertThat(token("--secrets.sources=myapp/{env}/token", "--spring.profiles.active=eu,prod"))
			.isEqualTo("canary-prod");
		assertThat(output.getAll().lines()).noneMatch((line) -> line.contains("WARN") && line.contains("i.g.s."));
	}

	@Test
	void whenOneOfTwoProfilesHasNoSecretThenTheOtherIsLoaded() {
		this.server.create("myapp/prod/token", "canary-prod");
		assertThat(token("--secrets.sources=myapp/{env}/token", "--spring.profiles.active=prod,eu"))
			.isEqualTo("canary-prod");
		assertThat(token("--secrets.sources=myapp/{env}/token", "--spring.profiles.active=eu,prod"))
			.isEqualTo("canary-prod");
	}

	@Test
	void whenNoProfileHasASecretThenStartFailsWithAllNames() {
		assertThatExceptionOfType(SecretsLoadException.class)
			.isThrownBy(() -> token("--secrets.sources=myapp/{env}/token", "--spring.profiles.active=prod,eu"))
			.satisfies((ex) -> assertThat(ex.getFailures()).extracting(SecretFailure::secretName, SecretFailure::reason)
				.containsExactly(tuple("myapp/prod/token", FailureReason.NOT_FOUND),
						tuple("myapp/eu/token", FailureReason.NOT_FOUND)));
	}

	@Test
	void whenSecretOfOneProfileIsDeniedThenStartFails() {
		this.server.create("myapp/prod/token", "canary-prod");
		this.server.deny("myapp/eu/token");
		assertThatExceptionOfType(SecretsLoadException.class)
			.isThrownBy(() -> token("--secrets.sources=myapp/{env}/token", "--spring.profiles.active=prod,eu"))
			.satisfies((ex) -> assertThat(ex.getFailures()).extracting(SecretFailure::secretName)
				.containsExactly("myapp/eu/token"));
	}

	@Test
	void whenApplicationHasANameThenItReplacesApp() {
		this.server.create("shop/prod/token", "canary-shop");
		assertThat(token("--secrets.sources={app}/{env}/token", "--spring.profiles.active=prod",
				"--spring.application.name=shop"))
			.isEqualTo("canary-shop");
	}

	@Test
	void whenApplicationHasNoNameThenAppIsAnError(CapturedOutput output) {
		assertRefused("{app} needs spring.application.name to be set", "--secrets.sources[0].name={app}/token");
		assertThat(output.getAll()).contains("APPLICATION FAILED TO START").contains("secrets.sources[0].name");
	}

	@Test
	void whenNameHasAPlaceholderThenItExpands() {
		this.server.create("myapp/blue/token", "canary-blue");
		assertThat(token("--secrets.sources=myapp/${color}/token", "--color=blue")).isEqualTo("canary-blue");
	}

	@Test
	void whenNameHasAnUnknownVariableThenItIsAnError(CapturedOutput output) {
		assertRefused("only {env} and {app} are expanded, not {stage}", "--secrets.sources=myapp/{stage}/token");
		assertThat(output.getAll()).contains("APPLICATION FAILED TO START").contains("secrets.sources[0].name");
	}

	@Test
	void whenNameIsBlankThenItIsAnError(CapturedOutput output) {
		assertRefused("must be the name or ARN of a secret", "--secrets.sources[0].name= ");
		assertRefused("must be the name or ARN of a secret", "--secrets.sources[0].optional=true");
		assertThat(output.getAll()).contains("APPLICATION FAILED TO START").contains("secrets.sources[0].name");
	}

	@Test
	void whenEnvironmentNameHasMetaCharactersThenTheyAreTakenAsTheyAre() {
		this.server.create("myapp/a_1/token", "canary-text");
		assertThat(token("--secrets.sources=myapp/{env}/token", "--secrets.environment=a_1")).isEqualTo("canary-text");
	}

	private void assertRefused(String reason, String argument) {
		assertThatExceptionOfType(SecretsConfigurationException.class).isThrownBy(() -> token(argument))
			.satisfies((ex) -> assertThat(ex.getProblems()).singleElement()
				.satisfies((problem) -> assertThat(problem.reason()).isEqualTo(reason)));
		assertThat(this.server.calls()).isZero();
	}

	private String token(String... arguments) {
		try (ConfigurableApplicationContext context = TestApplication.run(this.server, arguments)) {
			return context.getEnvironment().getProperty("token");
		}
	}

}
