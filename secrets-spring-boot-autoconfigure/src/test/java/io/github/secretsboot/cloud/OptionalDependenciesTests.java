package io.github.secretsboot.cloud;

import java.time.Clock;

import io.github.secretsboot.Secrets;
import io.github.secretsboot.actuate.SecretsEndpoint;
import io.github.secretsboot.actuate.SecretsEndpointWebExtension;
import io.github.secretsboot.autoconfigure.SecretsAutoConfiguration;
import io.github.secretsboot.autoconfigure.SecretsEndpointAutoConfiguration;
import io.github.secretsboot.autoconfigure.SpringCloudSecretsAutoConfiguration;
import io.github.secretsboot.context.RefreshScheduler;
import io.github.secretsboot.env.SecretsPropertySource;
import io.github.secretsboot.fetch.TestSecretReader;
import io.github.secretsboot.refresh.TestEngine;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.autoconfigure.RefreshAutoConfiguration;
import org.springframework.cloud.context.scope.refresh.RefreshScope;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that Spring Cloud and Actuator can be left out.
 */
class OptionalDependenciesTests {

	private final TestSecretReader reader = new TestSecretReader().put("a", "{\"STRIPE_SECRET_KEY\":\"canary-1\"}");

	private final SecretsPropertySource secrets = secrets();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SecretsAutoConfiguration.class, RefreshAutoConfiguration.class,
				SecretsEndpointAutoConfiguration.class, SpringCloudSecretsAutoConfiguration.class))
		.withInitializer(this::addSecrets)
		.withPropertyValues("management.endpoints.web.exposure.include=secrets")
		.withBean(Consumer.class);

	private SecretsPropertySource secrets() {
		return new SecretsPropertySource(TestEngine.loaded(this.reader, Clock.systemUTC(), TestEngine.source("a")));
	}

	private void addSecrets(ConfigurableApplicationContext context) {
		context.getEnvironment().getPropertySources().addFirst(this.secrets);
		context.getBeanFactory().registerSingleton("secretsEngine", this.secrets.getSource());
		context.getBeanFactory().registerSingleton("secretsPropertySource", this.secrets);
	}

	@Test
	void whenEverythingIsThereThenEverythingIsConfigured() {
		this.runner.run((context) -> assertThat(context).hasSingleBean(Secrets.class)
			.hasSingleBean(SecretsEndpoint.class)
			.hasSingleBean(SecretsEndpointWebExtension.class)
			.hasSingleBean(SpringCloudRefresh.class)
			.hasSingleBean(RefreshScheduler.class));
	}

	@Test
	void whenSpringCloudIsAbsentThenRotationWorks() {
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.cloud")).run((context) -> {
			assertThat(context).hasNotFailed().doesNotHaveBean(SpringCloudRefresh.class);
			rotateAndCheck(context.getBean(Secrets.class), context.getBean(Consumer.class));
		});
	}

	@Test
	void whenActuatorIsAbsentThenRotationWorks() {
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate")).run((context) -> {
			assertThat(context).hasNotFailed().doesNotHaveBean(SecretsEndpoint.class);
			rotateAndCheck(context.getBean(Secrets.class), context.getBean(Consumer.class));
		});
	}

	@Test
	void whenRefreshScopeIsSwitchedOffThenRotationWorks() {
		this.runner.withPropertyValues("spring.cloud.refresh.enabled=false").run((context) -> {
			assertThat(context).hasNotFailed().doesNotHaveBean(RefreshScope.class);
			rotateAndCheck(context.getBean(Secrets.class), context.getBean(Consumer.class));
		});
	}

	@Test
	void whenEndpointIsNotExposedThenThereIsNone() {
		this.runner.withPropertyValues("management.endpoints.web.exposure.include=health")
			.run((context) -> assertThat(context).doesNotHaveBean(SecretsEndpoint.class)
				.doesNotHaveBean(SecretsEndpointWebExtension.class));
	}

	@Test
	void whenEndpointIsExposedOverJmxAloneThenThereIsNoWebExtension() {
		this.runner
			.withPropertyValues("management.endpoints.web.exposure.include=health", "spring.jmx.enabled=true",
					"management.endpoints.jmx.exposure.include=secrets")
			.run((context) -> assertThat(context).hasSingleBean(SecretsEndpoint.class)
				.doesNotHaveBean(SecretsEndpointWebExtension.class));
	}

	@Test
	void whenThereIsNoEngineThenNothingIsConfigured() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(SecretsAutoConfiguration.class,
					SecretsEndpointAutoConfiguration.class, SpringCloudSecretsAutoConfiguration.class))
			.withPropertyValues("management.endpoints.web.exposure.include=secrets")
			.run((context) -> assertThat(context).doesNotHaveBean(Secrets.class)
				.doesNotHaveBean(SecretsEndpoint.class)
				.doesNotHaveBean(SpringCloudRefresh.class)
				.doesNotHaveBean(RefreshScheduler.class));
	}

	private void rotateAndCheck(Secrets secrets, Consumer consumer) {
		assertThat(consumer.field).isEqualTo("canary-1");
		this.reader.put("a", "{\"STRIPE_SECRET_KEY\":\"canary-2\"}");
		assertThat(secrets.refresh().changes()).hasSize(1);
		assertThat(consumer.field).isEqualTo("canary-2");
	}

	static class Consumer {

		@Value("${stripe.secret-key}")
		String field;

	}

}
