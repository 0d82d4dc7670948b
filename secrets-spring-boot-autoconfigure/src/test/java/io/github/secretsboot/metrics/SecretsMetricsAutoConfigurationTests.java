package io.github.secretsboot.metrics;

import java.util.List;

import io.github.secretsboot.autoconfigure.SecretsAutoConfiguration;
import io.github.secretsboot.autoconfigure.SecretsMetricsAutoConfiguration;
import io.github.secretsboot.env.InMemorySecrets;
import io.github.secretsboot.env.TestApplication;
import io.github.secretsboot.test.SecretsManagerServer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests {@link SecretsMetricsAutoConfiguration}.
 */
class SecretsMetricsAutoConfigurationTests {

	private final InMemorySecrets secrets = new InMemorySecrets().with("a").load();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SecretsAutoConfiguration.class, SecretsMetricsAutoConfiguration.class,
				ObservationAutoConfiguration.class))
		.withInitializer(this.secrets.initializer());

	private final ApplicationContextRunner metricsRunner = this.runner
		.withConfiguration(AutoConfigurations.of(MetricsAutoConfiguration.class,
				CompositeMeterRegistryAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class));

	@Test
	void whenThereAreMetricsThenEachCallAndPassIsInItsTimerOnce() {
		this.metricsRunner.run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			assertThat(timings(registry, "secrets.fetch")).isEqualTo(1);
			assertThat(timings(registry, "secrets.refresh")).isZero();
			this.secrets.engine().refresh();
			assertThat(timings(registry, "secrets.fetch")).isEqualTo(2);
			assertThat(timings(registry, "secrets.refresh")).isEqualTo(1);
		});
	}

	@Test
	void whenThereAreMetricsThenTimersHaveTheTagsThatAreDocumented() {
		this.metricsRunner.run((context) -> {
			this.secrets.engine().refresh();
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			assertThat(registry.get("secrets.fetch").timers())
				.allSatisfy((timer) -> assertThat(keys(timer)).containsExactly("operation", "outcome"));
			assertThat(registry.get("secrets.refresh").timers())
				.allSatisfy((timer) -> assertThat(keys(timer)).containsExactly("outcome"));
			assertThat(registry.getMeters()).extracting((meter) -> meter.getId().getName())
				.doesNotContain("secrets.fetch.active", "secrets.refresh.active");
		});
	}

	@Test
	void whenThereIsNoMeterRegistryThenThereAreObservationsOnly() {
		this.runner.run((context) -> assertThat(context).hasSingleBean(SecretsObservations.class)
			.doesNotHaveBean(SecretsMeters.class)
			.doesNotHaveBean(SecretsMeterFilter.class));
	}

	@Test
	void whenThereIsNoObservationRegistryThenThereAreMetersOnly() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(SecretsAutoConfiguration.class, SecretsMetricsAutoConfiguration.class))
			.withInitializer(this.secrets.initializer())
			.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
			.run((context) -> assertThat(context).hasSingleBean(SecretsMeters.class)
				.doesNotHaveBean(SecretsObservations.class));
	}

	@Test
	void whenMicrometerIsNotThereThenTheApplicationStartsWithout() {
		new ApplicationContextRunner().withUserConfiguration(ImportingConfiguration.class)
			.withInitializer(this.secrets.initializer())
			.withClassLoader(new FilteredClassLoader("io.micrometer"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(SecretsMetricsAutoConfiguration.class)
				.doesNotHaveBean("secretsMeters")
				.doesNotHaveBean("secretsObservations"));
	}

	@Test
	void whenOnlyMicrometerCoreIsMissingThenThereAreObservationsOnly() {
		this.runner.withClassLoader(new FilteredClassLoader("io.micrometer.core"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(SecretsObservations.class)
				.doesNotHaveBean("secretsMeters"));
	}

	@Test
	void whenBeansAreLazyThenMetersAreThereAllTheSame() {
		try (SecretsManagerServer server = SecretsManagerServer.start()) {
			server.create("a", "{\"KEY\":\"canary-1\"}");
			try (ConfigurableApplicationContext context = TestApplication.run(server, "--secrets.sources=a",
					"--spring.main.lazy-initialization=true", "--management.simple.metrics.export.enabled=true")) {
				MeterRegistry registry = context.getBean(MeterRegistry.class);
				assertThat(timings(registry, "secrets.fetch")).isEqualTo(1);
			}
		}
	}

	private static long timings(MeterRegistry registry, String name) {
		return registry.get(name).timers().stream().mapToLong((timer) -> timer.count()).sum();
	}

	private static List<String> keys(Meter meter) {
		return meter.getId().getTags().stream().map(Tag::getKey).toList();
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ SecretsAutoConfiguration.class, SecretsMetricsAutoConfiguration.class })
	static class ImportingConfiguration {

	}

}
