package io.github.secretsboot.env;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.github.secretsboot.FailureReason;
import io.github.secretsboot.Secrets;
import io.github.secretsboot.SecretsLoadException;
import io.github.secretsboot.preflight.PreflightExit;
import io.github.secretsboot.refresh.SecretsEngine;
import io.github.secretsboot.test.Fault;
import io.github.secretsboot.test.SecretsManagerServer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.bootstrap.BootstrapRegistry.InstanceSupplier;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that nobody forges a line of what people read: by a key, by a message of the
 * service, by a name in the configuration.
 */
@ExtendWith(OutputCaptureExtension.class)
class ForgedLinesTests {

	private static final String NAME = "myapp/api-keys";

	private static final String FORGED = "2026-11-24T12:00:00Z  INFO forged: all is well";

	private final SecretsManagerServer server = SecretsManagerServer.start();

	@TempDir
	private Path directory;

	@AfterEach
	void closeServer() {
		this.server.close();
		TestApplication.restoreLogging();
	}

	@ParameterizedTest
	@ValueSource(strings = { "\\n", "\\r", "\\u0085", "\\u2028", "\\u2029", "\\u000b" })
	void whenKeyHasALineBreakThenSecretIsMalformed(String lineBreak, CapturedOutput output) {
		this.server.create(NAME, forged(lineBreak));
		assertThatExceptionOfType(SecretsLoadException.class).isThrownBy(this::run)
			.satisfies((ex) -> assertThat(ex.getFailures()).singleElement().satisfies((failure) -> {
				assertThat(failure.reason()).isEqualTo(FailureReason.MALFORMED);
				assertThat(failure.detail()).startsWith("JSON has a key with a control character at line 1");
			}));
		assertNothingIsForged(output);
	}

	@Test
	void whenKeyHasALineBreakAfterARotationThenLastGoodValuesStay(CapturedOutput output) {
		this.server.create(NAME, Map.of("A", "canary-1"));
		try (ConfigurableApplicationContext context = run()) {
			this.server.rotate(NAME, forged("\\n"));
			SecretsEngine engine = context.getBean(SecretsEngine.class);
			assertThat(engine.refresh().failures()).singleElement()
				.satisfies((failure) -> assertThat(failure.reason()).isEqualTo(FailureReason.MALFORMED));
			assertThat(context.getEnvironment().getProperty("A")).isEqualTo("canary-1");
			assertThat(engine.state().toString()).doesNotContain("forged");
		}
		assertNothingIsForged(output);
	}

	@Test
	void whenServiceSaysSomethingInTwoLinesThenItIsReportedInOne(CapturedOutput output) {
		this.server.create(NAME, Map.of("A", "canary-1"));
		try (ConfigurableApplicationContext context = run()) {
			this.server.fail(Fault.error(400, "AccessDeniedException", "no\n" + FORGED + "\u202e"));
			assertThat(context.getBean(SecretsEngine.class).refresh().failures()).singleElement()
				.satisfies((failure) -> assertThat(failure.detail()).contains(FORGED + "\\u202e").doesNotContain("\n"));
			assertThatExceptionOfType(SecretsLoadException.class).isThrownBy(this::run);
		}
		assertNothingIsForged(output);
	}

	@ParameterizedTest
	@ValueSource(strings = { "name", "prefix", "keys.A", "only[0]", "allow[0]", "stage", "version-id", "region" })
	void whenConfigurationHasALineBreakThenStartFailsAndSaysWhere(String member, CapturedOutput output) {
		this.server.create(NAME, Map.of("A", "canary-1"));
		assertThatExceptionOfType(SecretsConfigurationException.class)
			.isThrownBy(() -> TestApplication.run(this.server, "--secrets.sources[0].name=" + NAME,
					"--secrets.sources[0]." + member + "=x\n" + FORGED))
			.satisfies((ex) -> assertThat(ex.getProblems()).singleElement()
				.satisfies((problem) -> assertThat(problem.toString()).contains("secrets.sources[0].")
					.doesNotContain("\n")));
		assertNothingIsForged(output);
	}

	@Test
	void whenPropertySourceHasALineBreakInItsNameThenWarningHasOneLine(CapturedOutput output) {
		this.server.create(NAME, Map.of("A", "canary-1"));
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("x\n" + FORGED, Map.of("A", "higher")));
		TestApplication.builder()
			.environment(environment)
			.run(this.server.arguments("--secrets.sources=" + NAME))
			.close();
		assertThat(output.getAll()).contains("is overridden by property source 'x\\u000a" + FORGED);
		assertNothingIsForged(output);
	}

	@Test
	void whenConfigFileHasALineBreakThenPreflightHasOneRow(CapturedOutput output) throws Exception {
		this.server.create(NAME, Map.of("A", "canary-1", "spring.main.x", "canary-2"));
		Path file = Files.writeString(this.directory.resolve("application.properties"),
				"app.x=${missing\\n2026-11-24 forged}\n");
		assertThatExceptionOfType(SpringApplication.AbandonedRunException.class)
			.isThrownBy(() -> TestApplication.builder()
				.addBootstrapRegistryInitializer((registry) -> registry.register(PreflightExit.class,
						InstanceSupplier.of((PreflightExit) (status) -> {
						})))
				.run(this.server.arguments("--secrets.preflight", "--secrets.sources=" + NAME,
						"--spring.config.additional-location=" + file.toUri())));
		assertThat(output.getOut()).contains("${missing\\u000a2026-11-24 forged}")
			.containsPattern("(?m)^IGNORED, WITHOUT 'ALLOW' +SECRET$")
			.containsPattern("(?m)^spring.main.x +myapp/api-keys$");
		assertNothingIsForged(output);
	}

	@Test
	void whenSomebodyAsksForANameWithALineBreakThenMessageHasOneLine() {
		this.server.create(NAME, Map.of("A", "canary-1"));
		try (ConfigurableApplicationContext context = run()) {
			Secrets secrets = context.getBean(Secrets.class);
			SecretsEngine engine = context.getBean(SecretsEngine.class);
			for (ThrowingCallable call : List.<ThrowingCallable>of(() -> secrets.get("x\n" + FORGED),
					() -> engine.refresh("x\n" + FORGED))) {
				assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(call)
					.withMessageContaining("x\\u000a" + FORGED);
			}
		}
	}

	private ConfigurableApplicationContext run() {
		return TestApplication.run(this.server, "--secrets.sources=" + NAME);
	}

	private static String forged(String lineBreak) {
		return "{\"A\":\"canary-2\",\"x" + lineBreak + FORGED + "\":\"canary-3\"}";
	}

	private static void assertNothingIsForged(CapturedOutput output) {
		assertThat(output.getAll().split("[\\n\\r\\u000b\\u0085\\u2028\\u2029]"))
			.noneMatch((line) -> line.startsWith("2026-11-24"));
		assertThat(output.getAll()).doesNotContain("\u202e");
	}

}
