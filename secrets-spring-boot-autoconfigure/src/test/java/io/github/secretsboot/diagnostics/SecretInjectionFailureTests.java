package io.github.secretsboot.diagnostics;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.secretsboot.env.TestApplication;
import io.github.secretsboot.expression.SecretInjectionFailure;
import io.github.secretsboot.redact.SecretInjectionGuard;
import io.github.secretsboot.test.SecretsManagerServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchException;

/**
 * Tests for {@link SecretInjectionGuard}.
 */
@ExtendWith(OutputCaptureExtension.class)
class SecretInjectionFailureTests {

	private final SecretsManagerServer server = SecretsManagerServer.start();

	@AfterEach
	void closeServer() {
		this.server.close();
		// Boot keeps the threshold of the last application as a system property
		System.clearProperty("CONSOLE_LOG_THRESHOLD");
	}

	@Test
	void whenFieldCannotHoldSecretThenItsValueIsNotShown(CapturedOutput output) {
		assertThat(fail(NumberField.class)).isTrue();
		assertThat(output.getAll()).contains("The value of a secret cannot be injected")
			.contains("Bean: numberField")
			.contains("Member: " + NumberField.class.getTypeName() + ".size")
			.contains("Property: POOL_SIZE")
			.contains("Reason: failed to convert to int")
			.contains("Correct the content of the secret");
	}

	@Test
	void whenParameterOrElementCannotHoldSecretThenItsValueIsNotShown(CapturedOutput output) {
		assertThat(fail(NumberParameter.class)).isTrue();
		assertThat(output.getAll()).contains("Property: POOL_SIZE");
		assertThat(fail(NumberElements.class)).isTrue();
		assertThat(fail(BinaryNumber.class)).isTrue();
		assertThat(output.getAll()).contains("Property: binary");
	}

	@Test
	void whenExpressionIsMadeOfSecretThenNeitherItNorItsResultIsShown(CapturedOutput output) {
		assertThat(fail(BrokenExpression.class)).isTrue();
		assertThat(output.getAll()).contains("the expression that it is part of cannot be evaluated");
		assertThat(fail(PartOfSecret.class)).isTrue();
		assertThat(output.getAll()).contains("Reason: failed to convert to int").doesNotContain("CANARY");
	}

	@Test
	void whenExpressionAsksEnvironmentForSecretThenNothingOfItIsShown(CapturedOutput output) {
		assertThat(fail(PartOfProperty.class)).isTrue();
		assertThat(output.getAll()).contains("may have been made of a secret by an expression");
		assertThat(fail(NumberOfProperty.class)).isTrue();
		assertThat(output.getAll()).contains("Property: POOL_SIZE");
	}

	@Test
	void whenNoSecretIsInvolvedThenSpringsOwnMessageStays(CapturedOutput output) {
		assertThat(fail(NumberField.class, "--pool.size=ordinary")).isFalse();
		assertThat(output.getAll()).contains("For input string: \"ordinary\"");
	}

	/**
	 * Start, fail, and tell whether the failure is one without a value.
	 */
	private boolean fail(Class<?> beans, String... arguments) {
		this.server.heal();
		if (this.server.toString().contains("secrets=0")) {
			this.server.create("myapp/keys", Map.of("POOL_SIZE", "canary-size"));
			this.server.create("myapp/binary", new byte[] { -1, 'c', 'a', 'n', 'a', 'r', 'y', '-', '1' });
		}
		String[] all = Stream
			.concat(Stream.of(arguments), Stream.of("--secrets.sources=myapp/keys,myapp/binary",
					"--logging.level.root=trace", "--logging.threshold.console=trace"))
			.toArray(String[]::new);
		Exception failure = catchException(() -> TestApplication.run(this.server, beans, all));
		assertThat(failure).isNotNull();
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			assertThat(cause.toString().contains("canary")).isFalse();
			if (cause instanceof SecretInjectionFailure) {
				return true;
			}
		}
		return false;
	}

	@Configuration("numberField")
	static class NumberField {

		@Value("${pool.size}")
		int size;

	}

	@Configuration(proxyBeanMethods = false)
	static class NumberParameter {

		@Bean
		Object consumer(@Value("${pool.size}") long size) {
			return size;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class NumberElements {

		@Value("1,${pool.size}")
		List<Integer> sizes;

	}

	@Configuration(proxyBeanMethods = false)
	static class BinaryNumber {

		@Value("${binary}")
		int number;

	}

	@Configuration(proxyBeanMethods = false)
	static class BrokenExpression {

		@Value("#{${pool.size} is no expression}")
		String text;

	}

	@Configuration(proxyBeanMethods = false)
	static class PartOfProperty {

		@Value("#{environment['pool.size'].split('-')}")
		int[] numbers;

	}

	@Configuration(proxyBeanMethods = false)
	static class NumberOfProperty {

		@Value("#{T(java.lang.Integer).parseInt(environment['pool.size'].substring(3))}")
		int number;

	}

	@Configuration(proxyBeanMethods = false)
	static class PartOfSecret {

		@Value("#{'${pool.size}'.toUpperCase()}")
		int number;

	}

}
