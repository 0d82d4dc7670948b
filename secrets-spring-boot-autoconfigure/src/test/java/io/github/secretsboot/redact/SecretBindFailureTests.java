package io.github.secretsboot.redact;

import java.util.stream.Stream;

import io.github.secretsboot.env.TestApplication;
import io.github.secretsboot.test.SecretsManagerServer;
import jakarta.validation.constraints.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.validation.annotation.Validated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests that a failure to bind a secret shows its property and not its value, at any log
 * level.
 */
@ExtendWith(OutputCaptureExtension.class)
class SecretBindFailureTests {

	private final SecretsManagerServer server = SecretsManagerServer.start();

	@AfterEach
	void closeServer() {
		this.server.close();
		// Boot keeps the threshold of the last application as a system property
		System.clearProperty("CONSOLE_LOG_THRESHOLD");
	}

	@Test
	void whenSecretCannotBeConvertedThenItsValueIsNotShown(CapturedOutput output) {
		this.server.create("myapp/keys", "{\"POOL_SIZE\":\"canary-size\"}");
		runAndFail(Numbers.class);
		assertThat(output.getAll()).contains(" TRACE ")
			.contains("APPLICATION FAILED TO START")
			.contains("Property: pool.size")
			.contains("Value: not shown, it comes from a secret")
			.contains("Origin: secret 'myapp/keys' in AWS Secrets Manager, version ")
			.doesNotContain("canary-");
	}

	@Test
	void whenPlaceholderOfASecretCannotBeConvertedThenItsValueIsNotShown(CapturedOutput output) {
		this.server.create("myapp/keys", "{\"OTHER_SIZE\":\"canary-size\"}");
		runAndFail(Numbers.class, "--pool.size=${other.size}");
		assertThat(output.getAll()).contains(" TRACE ")
			.contains("APPLICATION FAILED TO START")
			.contains("Property: pool.size")
			.doesNotContain("canary-");
	}

	@Test
	void whenSecretIsInvalidThenItsValueIsNotShown(CapturedOutput output) {
		this.server.create("myapp/keys", "{\"LOGIN_NAME\":\"canary-name\"}");
		runAndFail(Validations.class);
		assertThat(output.getAll()).contains(" TRACE ")
			.contains("APPLICATION FAILED TO START")
			.contains("validation failed: name does not satisfy Pattern")
			.doesNotContain("canary-");
	}

	private void runAndFail(Class<?> beans, String... arguments) {
		String[] all = Stream
			.concat(Stream.of(arguments), Stream.of("--secrets.sources=myapp/keys", "--logging.level.root=trace",
					"--logging.threshold.console=trace"))
			.toArray(String[]::new);
		assertThatException().isThrownBy(() -> TestApplication.run(this.server, beans, all));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(Pool.class)
	static class Numbers {

	}

	@ConfigurationProperties("pool")
	record Pool(int size) {
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(Login.class)
	static class Validations {

	}

	@ConfigurationProperties("login")
	@Validated
	record Login(@Pattern(regexp = "[0-9]+") String name) {
	}

}
