package io.github.secretsboot.inject;

import java.util.Map;

import io.github.secretsboot.Secrets;
import io.github.secretsboot.consumers.SecretConsumers;
import io.github.secretsboot.env.TestApplication;
import io.github.secretsboot.test.SecretsManagerServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests which consumers count as left behind by a rotation.
 */
class OutdatedConsumersTests {

	private final SecretsManagerServer server = SecretsManagerServer.start();

	@BeforeEach
	void createSecret() {
		this.server.create("a", Map.of("APP_KEY", "canary-1", "APP_OTHER", "canary-1"));
	}

	@AfterEach
	void close() {
		this.server.close();
	}

	@Test
	void whenNothingHasRotatedThenNoneIsOutdated() {
		try (ConfigurableApplicationContext context = run(Frozen.class)) {
			assertThat(outdated(context)).isZero();
		}
	}

	@Test
	void whenFrozenConsumersMissARotationThenTheyAreCountedOnce() {
		try (ConfigurableApplicationContext context = run(Frozen.class)) {
			rotate(context, "APP_KEY", "canary-2");
			rotate(context, "APP_KEY", "canary-3");
			assertThat(outdated(context)).isEqualTo(2);
		}
	}

	@Test
	void whenAnotherPropertyRotatesThenOnlyThoseThatHoldItAreCounted() {
		try (ConfigurableApplicationContext context = run(Frozen.class)) {
			rotate(context, "APP_OTHER", "canary-2");
			assertThat(outdated(context)).isZero();
		}
	}

	@Test
	void whenConsumersAreLiveThenNoneIsOutdated() {
		try (ConfigurableApplicationContext context = run(Live.class)) {
			rotate(context, "APP_KEY", "canary-2");
			assertThat(outdated(context)).isZero();
		}
	}

	@Test
	void whenPrototypeIsCreatedAnewThenItIsNotOutdatedAnyMore() {
		try (ConfigurableApplicationContext context = run(Prototype.class)) {
			context.getBean(Holder.class);
			rotate(context, "APP_KEY", "canary-2");
			assertThat(outdated(context)).isEqualTo(1);
			context.getBean(Holder.class);
			assertThat(outdated(context)).isZero();
		}
	}

	private ConfigurableApplicationContext run(Class<?> beans) {
		return TestApplication.run(this.server, beans, "--secrets.sources=a");
	}

	private void rotate(ConfigurableApplicationContext context, String key, String value) {
		this.server.rotate("a", key.equals("APP_KEY") ? Map.of("APP_KEY", value, "APP_OTHER", "canary-1")
				: Map.of("APP_KEY", "canary-1", "APP_OTHER", value));
		context.getBean(Secrets.class).refresh();
	}

	private static int outdated(ConfigurableApplicationContext context) {
		return context.getBean(SecretConsumers.class).outdated().size();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(App.class)
	static class Frozen {

		@Bean
		Holder holder(@Value("${app.key}") String key) {
			return new Holder();
		}

	}

	@ConfigurationProperties("app")
	record App(String key) {
	}

	@Configuration(proxyBeanMethods = false)
	static class Live {

		@Bean
		Holder holder() {
			return new Holder() {

				@Value("${app.key}")
				String key;

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Prototype {

		@Bean
		@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
		Holder holder(@Value("${app.key}") String key) {
			return new Holder();
		}

	}

	static class Holder {

	}

}
