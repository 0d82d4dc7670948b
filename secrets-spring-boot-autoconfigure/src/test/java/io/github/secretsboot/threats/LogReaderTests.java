package io.github.secretsboot.threats;

import java.util.List;
import java.util.Map;

import io.github.secretsboot.env.TestApplication;
import io.github.secretsboot.test.SecretsManagerServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What somebody sees who reads the logs of an application, at {@code TRACE}, when its
 * start fails with a message of others that quotes a secret.
 */
@ExtendWith(OutputCaptureExtension.class)
class LogReaderTests {

	private final SecretsManagerServer server = SecretsManagerServer.start();

	@AfterEach
	void closeServer() {
		this.server.close();
		// Boot keeps the threshold of the last application as a system property
		System.clearProperty("CONSOLE_LOG_THRESHOLD");
	}

	@ParameterizedTest
	@ValueSource(classes = { Certificate.class, NameFromSecret.class, NameFromSecretParameter.class, Schedule.class,
			FactoryMethod.class, InitMethod.class, TypedRead.class, ElementOfTypedRead.class, Bound.class,
			BoundList.class, InvalidValue.class })
	void whenOthersQuoteASecretThenItIsNotPrinted(Class<?> beans, CapturedOutput output) {
		this.server.create("myapp/keys", Map.of("app.key", "canary-a,canary-b",
				"spring.ssl.bundle.pem.web.keystore.certificate", "canary-certificate"));
		assertThatException().isThrownBy(() -> TestApplication.builder(beans)
			.properties("app.list=${app.key}")
			.run(this.server.arguments("--secrets.sources=myapp/keys", "--logging.level.root=trace",
					"--logging.threshold.console=trace")));
		assertThat(output).contains(" TRACE ").contains("APPLICATION FAILED TO START").contains("Secret properties:");
		assertThat(output.getAll().contains("canary-")).isFalse();
	}

	@Test
	void whenMessageOnlyLooksLikeASecretThenItIsPrinted(CapturedOutput output) {
		this.server.create("myapp/keys", Map.of("app.user", "postgres", "app.key", "canary-1"));
		assertThatException().isThrownBy(() -> TestApplication.builder(UnrelatedFailure.class)
			.properties("app.list=${app.key}")
			.run(this.server.arguments("--secrets.sources=myapp/keys")));
		assertThat(output).contains("Cannot load org.postgresql.Driver").doesNotContain("Secret properties:");
	}

	@Configuration(proxyBeanMethods = false)
	static class UnrelatedFailure {

		@Bean
		Object client() {
			throw new IllegalStateException("Cannot load org.postgresql.Driver");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Certificate {

		@Bean
		Object client(SslBundles bundles) {
			return bundles.getBundle("web").getStores().getKeyStore();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class NameFromSecret {

		@Value("${${app.key}}")
		String value;

	}

	@Configuration(proxyBeanMethods = false)
	static class NameFromSecretParameter {

		@Bean
		Object client(@Value("${prefix.${app.key}.suffix}") String value) {
			return value;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableScheduling
	static class Schedule {

		@Scheduled(cron = "${app.key}")
		void run() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class FactoryMethod {

		@Bean
		Object client(@Value("${app.key}") String key) {
			throw new IllegalArgumentException("Driver does not accept jdbc:canary://user:" + key + "@host");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class InitMethod {

		@Bean
		InitializingBean client(@Value("${app.key}") String key) {
			return () -> {
				throw new IllegalStateException("Cannot connect with " + key);
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TypedRead {

		@Bean
		Object client(Environment environment) {
			return environment.getRequiredProperty("app.key", Integer.class);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ElementOfTypedRead {

		@Bean
		Object client(Environment environment) {
			return environment.getRequiredProperty("app.key", int[].class);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Bound {

		@Bean
		Object client(Environment environment) {
			return Binder.get(environment).bind("app.list", Integer[].class);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class BoundList {

		@Bean
		Object client(Environment environment) {
			return Binder.get(environment).bind("app.key", Bindable.listOf(Integer.class));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class InvalidValue {

		@Bean
		Object client(@Value("${app.key}") List<String> keys) {
			throw new InvalidConfigurationPropertyValueException("app.list", keys.get(1), "Odd.");
		}

	}

}
