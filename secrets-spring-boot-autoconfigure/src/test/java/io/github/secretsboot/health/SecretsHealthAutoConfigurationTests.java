package io.github.secretsboot.health;

import java.time.Duration;
import java.util.Arrays;

import io.github.secretsboot.autoconfigure.SecretsAutoConfiguration;
import io.github.secretsboot.autoconfigure.SecretsHealthAutoConfiguration;
import io.github.secretsboot.env.InMemorySecrets;
import io.github.secretsboot.env.TestApplication;
import io.github.secretsboot.test.SecretsManagerServer;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests {@link SecretsHealthAutoConfiguration}.
 */
class SecretsHealthAutoConfigurationTests {

	private final InMemorySecrets secrets = new InMemorySecrets().with("a").load();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SecretsAutoConfiguration.class, SecretsHealthAutoConfiguration.class))
		.withInitializer(this.secrets.initializer());

	@Test
	void whenBootHealthIsThereThenThereIsAnIndicator() {
		this.runner.run((context) -> assertThat(context).hasSingleBean(SecretsHealthIndicator.class));
	}

	@Test
	void whenBootHealthIsNotThereThenTheApplicationStartsWithout() {
		// Imported the way that Boot does it: by name, before the class is looked at
		new ApplicationContextRunner().withUserConfiguration(ImportingConfiguration.class)
			.withInitializer(this.secrets.initializer())
			.withClassLoader(new FilteredClassLoader("org.springframework.boot.health"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("secretsHealthIndicator"));
	}

	@Test
	void whenDisabledThenThereIsNoIndicator() {
		this.runner.withPropertyValues("management.health.secrets.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(SecretsHealthIndicator.class));
	}

	@Test
	void whenApplicationHasItsOwnThenThatIsUsed() {
		this.runner.withBean("secretsHealthIndicator", HealthIndicator.class, () -> () -> Health.down().build())
			.run((context) -> assertThat(context).doesNotHaveBean(SecretsHealthIndicator.class));
	}

	@Test
	void whenNothingIsSetThenMaxAgeIsThreeIntervals() {
		this.runner.withPropertyValues("secrets.refresh.interval=2m")
			.run((context) -> assertMaxAge(context, Duration.ofMinutes(6)));
	}

	@Test
	void whenMaxAgeIsSetThenItIsUsed() {
		this.runner.withPropertyValues("secrets.health.max-age=1h")
			.run((context) -> assertMaxAge(context, Duration.ofHours(1)));
	}

	@Test
	void whenRefreshIsDisabledThenAgeDoesNotCount() {
		this.runner.withPropertyValues("secrets.refresh.enabled=false", "secrets.health.max-age=1m").run((context) -> {
			this.secrets.advance(Duration.ofDays(1));
			assertThat(context.getBean(SecretsHealthIndicator.class).health().getStatus()).isEqualTo(Status.UP);
		});
	}

	private void assertMaxAge(ConfigurableApplicationContext context, Duration maxAge) {
		SecretsHealthIndicator indicator = context.getBean(SecretsHealthIndicator.class);
		this.secrets.advance(maxAge);
		assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
		this.secrets.advance(Duration.ofMillis(1));
		assertThat(indicator.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
	}

	@Test
	void whenMaxAgeIsNotPositiveThenStartFailsAndNamesTheProperty() {
		try (SecretsManagerServer server = SecretsManagerServer.start()) {
			assertThatExceptionOfType(RuntimeException.class)
				.isThrownBy(() -> TestApplication.run(server, "--secrets.health.max-age=0s"))
				.withMessageContaining("secrets.health.max-age");
		}
	}

	@Test
	void whenSecretsAreOutOfServiceThenProbesStayUpUnlessReadinessIncludesThem() {
		try (SecretsManagerServer server = SecretsManagerServer.start()) {
			server.create("a", "{\"KEY\":\"canary-1\"}");
			String[] arguments = { "--secrets.sources=a", "--secrets.health.max-age=1ms",
					"--management.endpoint.health.probes.enabled=true",
					"--management.endpoints.web.exposure.include=health" };
			try (ConfigurableApplicationContext context = TestApplication.run(server, arguments)) {
				assertThat(status(context)).isEqualTo(Status.OUT_OF_SERVICE);
				assertThat(status(context, "liveness")).isEqualTo(Status.UP);
				assertThat(status(context, "readiness")).isEqualTo(Status.UP);
			}
			try (ConfigurableApplicationContext context = TestApplication.builder()
				.run(server.arguments(concat(arguments,
						"--management.endpoint.health.group.readiness.include=readinessState,secrets")))) {
				assertThat(status(context, "liveness")).isEqualTo(Status.UP);
				assertThat(status(context, "readiness")).isEqualTo(Status.OUT_OF_SERVICE);
			}
		}
	}

	private static String[] concat(String[] first, String last) {
		String[] all = Arrays.copyOf(first, first.length + 1);
		all[first.length] = last;
		return all;
	}

	private static Status status(ConfigurableApplicationContext context, String... path) {
		HealthEndpoint endpoint = context.getBean(HealthEndpoint.class);
		return ((path.length > 0) ? endpoint.healthForPath(path) : endpoint.health()).getStatus();
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ SecretsAutoConfiguration.class, SecretsHealthAutoConfiguration.class })
	static class ImportingConfiguration {

	}

}
