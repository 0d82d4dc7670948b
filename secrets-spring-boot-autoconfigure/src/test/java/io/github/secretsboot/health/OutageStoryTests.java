package io.github.secretsboot.health;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.secretsboot.env.InMemorySecrets.StandingClock;
import io.github.secretsboot.env.TestApplication;
import io.github.secretsboot.refresh.SecretsEngine;
import io.github.secretsboot.test.SecretsManagerServer;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.bootstrap.BootstrapRegistry.InstanceSupplier;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.actuate.endpoint.IndicatedHealthDescriptor;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The story of an outage as the engineer on call sees it, a test for each chapter.
 */
class OutageStoryTests {

	private static final String NAME = "myapp/production/api-keys";

	private static final String ALERTS = readAlerts();

	private final StandingClock clock = new StandingClock();

	private SecretsManagerServer aws;

	private ConfigurableApplicationContext context;

	@BeforeEach
	void startApplication() {
		this.aws = SecretsManagerServer.builder().clock(this.clock).start();
		this.context = start(this.aws);
	}

	@AfterEach
	void closeApplication() {
		this.context.close();
		this.aws.close();
	}

	@Test
	void whenPassFindsNothingNewThenAllIsWell() {
		assertThat(health().getStatus()).isEqualTo(Status.UP);
		assertThat(health().getDetails()).doesNotContainKeys("stale", "expired");
		assertThat(passes("success")).isZero();
		scheduledPassAfter(Duration.ofMinutes(5));
		assertThat(passes("success")).isEqualTo(1);
		assertThat(metric("secrets.age")).isZero();
		assertThat(firing()).isEmpty();
	}

	@Test
	void whenAccessIsDeniedThenSecretIsStaleAndNobodyIsCalled() {
		denyAfterAGoodPass();
		assertThat(health().getStatus()).isEqualTo(Status.UP);
		assertThat(health().getDetails().get("stale").toString()).contains("name=" + NAME, "state=stale", "age=PT5M",
				"reason=access-denied");
		assertThat(passes("failure")).isEqualTo(1);
		assertThat(calls("access-denied")).isEqualTo(1);
		assertThat(state("stale")).isEqualTo(1);
		assertThat(key()).isEqualTo("canary-1");
		assertThat(firing()).isEmpty();
	}

	@Test
	void whenPassesGoOnFailingThenRotationIsNotSeenAndFirstAlertFires() {
		denyAfterAGoodPass();
		rotateUnseen();
		assertThat(passes("failure")).isEqualTo(3);
		assertThat(key()).isEqualTo("canary-1");
		assertThat(firing()).containsExactly("SecretsRefreshFailing");
	}

	@Test
	void whenThreeIntervalsHaveGoneByThenOutOfServiceAndSomebodyIsCalled() {
		denyAfterAGoodPass();
		rotateUnseen();
		scheduledPassAfter(Duration.ofMinutes(6));
		assertThat(health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
		assertThat(health().getDetails().get("expired").toString()).contains("name=" + NAME, "age=PT16M",
				"reason=access-denied");
		assertThat(firing()).containsExactly("SecretStale", "SecretsRefreshFailing");
	}

	@Test
	void whenPolicyIsRepairedThenRotationIsFoundAndWhoKeepsTheOldKeyIsNamed() {
		denyAfterAGoodPass();
		rotateUnseen();
		scheduledPassAfter(Duration.ofMinutes(6));
		this.aws.heal();
		scheduledPassAfter(Duration.ofMinutes(5));
		assertThat(health().getStatus()).isEqualTo(Status.UP);
		assertThat(health().getDetails()).doesNotContainKeys("stale", "expired");
		assertThat(key()).isEqualTo("canary-2");
		assertThat(metric("secrets.rotations")).isEqualTo(1);
		assertThat(registry().get("secrets.rotation.lag").timer().totalTime(TimeUnit.MINUTES)).isEqualTo(16);
		assertThat(metric("secrets.age")).isZero();
		// A constructor argument has kept the old key: this one needs a restart
		assertThat(this.context.getBean(Ledger.class).key).isEqualTo("canary-1");
		assertThat(firing()).containsExactly("SecretsRefreshFailing", "SecretConsumerFrozenAfterRotation");
		assertThat(health().getDetails().toString() + registry().scrape()).doesNotContain("canary");
	}

	/** 09:05 All is well. 09:10 Somebody breaks the policy of the role. */
	private void denyAfterAGoodPass() {
		scheduledPassAfter(Duration.ofMinutes(5));
		this.aws.deny(NAME);
		scheduledPassAfter(Duration.ofMinutes(5));
	}

	/** 09:11 to 09:15 The library keeps trying. */
	private void rotateUnseen() {
		this.aws.rotate(NAME, Map.of("STRIPE_SECRET_KEY", "canary-2"));
		scheduledPassAfter(Duration.ofMinutes(1));
		scheduledPassAfter(Duration.ofMinutes(4));
	}

	private ConfigurableApplicationContext start(SecretsManagerServer aws) {
		aws.create(NAME, Map.of("STRIPE_SECRET_KEY", "canary-1"));
		return TestApplication.builder(Beans.class)
			.addBootstrapRegistryInitializer(
					(registry) -> registry.register(Clock.class, InstanceSupplier.of(this.clock)))
			.run(aws.arguments("--secrets.sources=" + NAME, "--secrets.refresh.jitter=0",
					"--management.prometheus.metrics.export.enabled=true",
					"--management.endpoints.web.exposure.include=health",
					"--management.endpoint.health.show-details=always"));
	}

	private void scheduledPassAfter(Duration duration) {
		this.clock.advance(duration);
		this.context.getBean(SecretsEngine.class).refreshDue();
	}

	private IndicatedHealthDescriptor health() {
		return (IndicatedHealthDescriptor) this.context.getBean(HealthEndpoint.class).healthForPath("secrets");
	}

	private String key() {
		return this.context.getBean(Checkout.class).key;
	}

	private long passes(String outcome) {
		return registry().get("secrets.refresh").tag("outcome", outcome).timer().count();
	}

	private long calls(String outcome) {
		return registry().get("secrets.fetch").tag("outcome", outcome).timers().stream().mapToLong(Timer::count).sum();
	}

	private double state(String state) {
		return registry().get("secrets.state").tag("state", state).gauge().value();
	}

	private double metric(String name) {
		return registry().get(name).meter().measure().iterator().next().getValue();
	}

	private PrometheusMeterRegistry registry() {
		return this.context.getBean(PrometheusMeterRegistry.class);
	}

	/**
	 * The alerts that fire, by the expressions of {@code docs/observability/alerts.yml}.
	 * The story fits into the 15 minutes that an expression looks back, give or take.
	 */
	private List<String> firing() {
		return Stream.of(
				new Alert("SecretStale",
						"secrets_age_seconds > on (job, instance) group_left () secrets_max_age_seconds",
						metric("secrets.age") > metric("secrets.max.age")),
				new Alert("SecretsRefreshFailing",
						"sum by (job, instance) (increase(secrets_refresh_seconds_count{outcome!=\"success\"}[15m])) >= 3",
						passes("partial") + passes("failure") >= 3),
				new Alert("SecretVersionRejected", "secrets_state{state=\"rejected\"} == 1", state("rejected") == 1),
				new Alert("SecretConsumerFrozenAfterRotation", "secrets_consumers_outdated > 0",
						metric("secrets.consumers.outdated") > 0))
			.peek((alert) -> assertThat(ALERTS).contains("alert: " + alert.name(), "expr: " + alert.expression()))
			.filter(Alert::fires)
			.map(Alert::name)
			.toList();
	}

	private static String readAlerts() {
		try {
			return Files.readString(Path.of("../docs/observability/alerts.yml"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private record Alert(String name, String expression, boolean fires) {
	}

	@Configuration(proxyBeanMethods = false)
	static class Beans {

		@Bean
		Checkout checkout() {
			return new Checkout();
		}

		@Bean
		Ledger ledger(@Value("${stripe.secret-key}") String key) {
			return new Ledger(key);
		}

	}

	static class Checkout {

		@Value("${stripe.secret-key}")
		private String key;

	}

	static class Ledger {

		private final String key;

		Ledger(String key) {
			this.key = key;
		}

	}

}
