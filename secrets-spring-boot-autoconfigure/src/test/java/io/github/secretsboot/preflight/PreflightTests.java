package io.github.secretsboot.preflight;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.github.secretsboot.env.TestApplication;
import io.github.secretsboot.test.SecretsManagerServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.bootstrap.BootstrapRegistry.InstanceSupplier;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Preflight}, inside of the JVM and in one of its own.
 */
@ExtendWith(OutputCaptureExtension.class)
class PreflightTests {

	private final SecretsManagerServer server = SecretsManagerServer.start();

	private final List<Integer> statuses = new ArrayList<>();

	private Class<?> application = Live.class;

	@TempDir
	private Path directory;

	@AfterEach
	void closeServer() {
		this.server.close();
		TestApplication.restoreLogging();
	}

	@Test
	void whenAllIsThereThenPassesAndNamesKeysWithoutValues(CapturedOutput output) throws Exception {
		this.server.create("myapp/api-keys", Map.of("STRIPE_SECRET_KEY", "canary-stripe"));
		preflight("app.key=${stripe.secret-key}", "--secrets.preflight", "--secrets.sources[0]=myapp/api-keys",
				"--secrets.sources[1].name=myapp/none", "--secrets.sources[1].optional=true");
		assertThat(this.statuses).containsExactly(0);
		assertThat(output.getOut()).containsPattern("(?m)^SECRET +VERSION +KEYS +RESULT$")
			.containsPattern("(?m)^myapp/api-keys +" + this.server.currentVersionId("myapp/api-keys")
					+ " +STRIPE_SECRET_KEY +ok$")
			.containsPattern("(?m)^myapp/none +- +- +missing, but optional$")
			.contains("Preflight passed in us-east-1: 2 secrets, 0 failed; 0 unresolved placeholders");
		assertThat(output.getAll().contains("canary-")).isFalse();
	}

	@Test
	void whenMuchIsWrongThenReportsAllOfIt(CapturedOutput output) throws Exception {
		this.server.create("myapp/denied", "canary-denied");
		this.server.create("myapp/broken", "{\"KEY\": canary-broken");
		this.server.create("myapp/fine", Map.of("KEY", "canary-key"));
		this.server.deny("myapp/denied");
		preflight("""
				app.typo=${stripe.secrte-key}
				app.nested=${prefix.${key}}
				app.fine=${key} ${app.absent:default}
				""", "--secrets.preflight=true", "--secrets.sources=myapp/denied,myapp/broken,myapp/gone,myapp/fine");
		assertThat(this.statuses).containsExactly(1);
		assertThat(output.getOut()).containsPattern("(?m)^myapp/denied +- +- +access-denied: ")
			.containsPattern("(?m)^myapp/broken +- +- +malformed: JSON does not parse at line 1")
			.containsPattern("(?m)^myapp/gone +- +- +not-found: ")
			.containsPattern("(?m)^myapp/fine +\\S+ +KEY +ok$")
			.containsPattern("(?m)^\\$\\{stripe.secrte-key} +app.typo +.*application.properties.*1:10$")
			.containsPattern("(?m)^\\$\\{\\(made of a secret\\)} +app.nested ")
			.contains("Preflight failed in us-east-1: 4 secrets, 3 failed; 2 unresolved placeholders")
			.doesNotContain("app.fine");
		assertThat(output.getAll().contains("canary-")).isFalse();
	}

	@Test
	void whenNothingIsListedThenSaysSo(CapturedOutput output) throws Exception {
		preflight("", "--secrets.preflight");
		assertThat(this.statuses).containsExactly(0);
		assertThat(output.getOut()).contains("No secrets are listed in secrets.sources");
	}

	@Test
	void whenSwitchedOffThenApplicationStarts() {
		TestApplication.run(this.server, "--secrets.preflight=false").close();
		assertThat(this.statuses).isEmpty();
	}

	@Test
	void whenRunAsProcessThenItsStatusTells() throws Exception {
		this.server.create("myapp/api-keys", Map.of("KEY", "canary-key"));
		assertThat(runProcess("myapp/api-keys")).isZero();
		assertThat(runProcess("myapp/gone")).isOne();
		assertThat(Files.readString(this.directory.resolve("output"))).contains("not-found")
			.doesNotContain("\tat ")
			.doesNotContain("canary-");
	}

	@Test
	void whenContextHasAFrozenBeanThenFailsAndNamesIt(CapturedOutput output) throws Exception {
		this.server.create("myapp/api-keys", Map.of("KEY", "canary-key", "OTHER_KEY", "canary-other"));
		preflightContext(Frozen.class);
		assertThat(this.statuses).containsExactly(1);
		assertThat(output.getOut()).containsPattern("(?m)^BEAN +MEMBER +PROPERTIES +AFTER A ROTATION$")
			.containsPattern("(?m)^frozen +key +KEY +frozen$")
			.containsPattern("(?m)^frozen +other +OTHER_KEY +live$")
			.contains("Preflight of the context failed: ")
			.doesNotContain("canary-");
	}

	@Test
	void whenContextFollowsAllSecretsThenPassesWithoutCallingRunners(CapturedOutput output) throws Exception {
		this.server.create("myapp/api-keys", Map.of("KEY", "canary-key"));
		preflightContext(Live.class);
		assertThat(this.statuses).containsExactly(0);
		assertThat(output.getOut()).contains("Preflight of the context passed: 1 consumer, 0 frozen");
	}

	@Test
	void whenSecretIsMissingThenContextIsNotStarted(CapturedOutput output) throws Exception {
		preflightContext(Frozen.class);
		assertThat(this.statuses).containsExactly(1);
		assertThat(output.getOut()).contains("not-found").doesNotContain("Preflight of the context");
	}

	private void preflightContext(Class<?> application) throws Exception {
		this.application = application;
		preflight("", "--secrets.preflight=context", "--secrets.sources=myapp/api-keys");
	}

	private int runProcess(String secret) throws Exception {
		File output = this.directory.resolve("output").toFile();
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
						System.getProperty("java.class.path"), Main.class.getName()));
		command.addAll(List.of(this.server.arguments("--secrets.preflight", "--secrets.sources=" + secret)));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output).start();
		assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
		return process.exitValue();
	}

	private void preflight(String configFile, String... arguments) throws Exception {
		Path file = Files.writeString(this.directory.resolve("application.properties"), configFile);
		List<String> all = new ArrayList<>(List.of(this.server.arguments(arguments)));
		all.add("--spring.config.additional-location=" + file.toUri());
		assertThatExceptionOfType(SpringApplication.AbandonedRunException.class)
			.isThrownBy(() -> TestApplication.builder(this.application)
				.addBootstrapRegistryInitializer(
						(registry) -> registry.register(PreflightExit.class, InstanceSupplier.of(this.statuses::add)))
				.run(all.toArray(String[]::new)));
	}

	@Configuration("frozen")
	static class Frozen {

		private final String key;

		@Value("${other.key}")
		private volatile String other;

		Frozen(@Value("${key}") String key) {
			this.key = key;
		}

	}

	@Configuration("live")
	static class Live {

		@Value("${key:none}")
		private volatile String key;

		@Bean
		ApplicationRunner runner() {
			return (arguments) -> {
				throw new IllegalStateException("A preflight runs nothing");
			};
		}

	}

	static final class Main {

		private Main() {
		}

		public static void main(String[] arguments) {
			TestApplication.builder().run(arguments);
		}

	}

}
