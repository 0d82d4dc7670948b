package io.github.secretsboot.metrics;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.github.secretsboot.FailureReason;
import io.github.secretsboot.consumers.SecretConsumer;
import io.github.secretsboot.consumers.SecretConsumer.Mode;
import io.github.secretsboot.cost.SecretsCost;
import io.github.secretsboot.env.InMemorySecrets;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests {@link SecretsMeters}.
 */
class SecretsMetersTests {

	private final InMemorySecrets secrets = new InMemorySecrets().with("a").with("b").withMissing("later").load();

	private final MeterRegistry registry = new SimpleMeterRegistry();

	@Test
	void whenTimePassesThenAgeGrowsUntilTheNextCheck() {
		bind();
		this.secrets.advance(Duration.ofSeconds(90));
		assertThat(gauge("secrets.age", "secret", "a")).isEqualTo(90);
		this.secrets.engine().refresh();
		assertThat(gauge("secrets.age", "secret", "a")).isZero();
	}

	@Test
	void whenSecretFailsThenItsAgeGoesOnGrowing() {
		bind();
		this.secrets.reader().fail("a", FailureReason.THROTTLED);
		this.secrets.advance(Duration.ofMinutes(5));
		this.secrets.engine().refresh();
		assertThat(gauge("secrets.age", "secret", "a")).isEqualTo(300);
		assertThat(gauge("secrets.age", "secret", "b")).isZero();
	}

	@Test
	void whenSecretIsMissingThenItHasNoAge() {
		bind();
		assertThat(gauge("secrets.age", "secret", "later")).isNaN();
	}

	@Test
	void whenStateChangesThenTheGaugeOfTheNewStateIsOne() {
		bind();
		assertThat(states("a")).containsExactly(1, 0, 0, 0);
		assertThat(states("later")).containsExactly(0, 0, 1, 0);
		this.secrets.reader().fail("a", FailureReason.UNREACHABLE);
		this.secrets.engine().refresh();
		assertThat(states("a")).containsExactly(0, 1, 0, 0);
		this.secrets.reader().recover("a");
		this.secrets.rotate("b", "canary-2");
		this.secrets.engine().addValidator((candidate) -> {
			throw new IllegalStateException("refused");
		});
		this.secrets.engine().refresh();
		assertThat(states("a")).containsExactly(1, 0, 0, 0);
		assertThat(states("b")).containsExactly(0, 0, 0, 1);
	}

	@Test
	void whenSecretRotatesThenItIsCountedUnderItsName() {
		bind();
		assertThat(rotations("a")).isZero();
		this.secrets.rotate("a", "canary-2");
		this.secrets.engine().refresh();
		this.secrets.rotate("a", "canary-3");
		this.secrets.engine().refresh();
		assertThat(rotations("a")).isEqualTo(2);
		assertThat(rotations("b")).isZero();
	}

	@Test
	void whenContentStaysTheSameThenNoRotationIsCounted() {
		bind();
		this.secrets.rotate("a", "canary-1");
		this.secrets.engine().refresh();
		assertThat(rotations("a")).isZero();
	}

	@Test
	void whenSecretAppearsThenThatIsNoRotation() {
		bind();
		this.secrets.rotate("later", "canary-1");
		this.secrets.engine().refresh();
		assertThat(rotations("later")).isZero();
		assertThat(this.registry.get("secrets.rotation.lag").timer().count()).isZero();
	}

	@Test
	void whenSecretRotatesThenLagIsTheTimeFromCreationToUse() {
		bind();
		this.secrets.rotate("a", "canary-2");
		this.secrets.engine().refresh();
		// In memory every version was created at the epoch
		assertThat(this.registry.get("secrets.rotation.lag").timer().totalTime(TimeUnit.SECONDS))
			.isEqualTo(Duration.between(Instant.EPOCH, this.secrets.now()).toMillis() / 1000.0);
	}

	@Test
	void whenRegistryIsBoundThenTheCallsOfTheStartAreInItsTimer() {
		bind();
		assertThat(this.registry.get("secrets.fetch")
			.tags("operation", "BatchGetSecretValue", "outcome", "success")
			.timer()
			.count()).isEqualTo(1);
	}

	@Test
	void whenNothingHasHappenedThenTheTimersExistAtZero() {
		bind();
		for (String outcome : List.of("success", "partial", "failure")) {
			assertThat(this.registry.get("secrets.refresh").tag("outcome", outcome).timer().count()).isZero();
		}
	}

	@Test
	void whenCallsAreMadeThenTheyAreCountedByOperation() {
		bind();
		this.secrets.engine().refresh("a");
		assertThat(calls("GetSecretValue")).isEqualTo(1);
		assertThat(calls("BatchGetSecretValue")).isEqualTo(1);
	}

	@Test
	void whenBoundThenMonthlyCostIsThere() {
		bind();
		assertThat(gauge("secrets.cost.monthly")).isEqualTo(0.8432);
	}

	@Test
	void whenConsumersAreLeftBehindThenTheyAreCounted() {
		SecretConsumer outdated = new SecretConsumer("bean", "member", Set.of("APP_KEY"), Mode.FROZEN).asOutdated();
		new SecretsMeters(this.secrets.engine(), cost(), () -> Collections.nCopies(3, outdated), Duration.ofMinutes(15))
			.bindTo(this.registry);
		assertThat(gauge("secrets.consumers.outdated")).isEqualTo(3);
	}

	@Test
	void whenAgeMattersThenItsLimitIsThere() {
		bind();
		assertThat(gauge("secrets.max.age")).isEqualTo(900);
	}

	@Test
	void whenAgeDoesNotMatterThenThereIsNoLimit() {
		new SecretsMeters(this.secrets.engine(), cost(), List::of, null).bindTo(this.registry);
		assertThat(this.registry.find("secrets.max.age").meter()).isNull();
	}

	@Test
	void whenTwoRegistriesAreBoundThenBothAreToldOfRotations() {
		SecretsMeters meters = bind();
		MeterRegistry second = new SimpleMeterRegistry();
		meters.bindTo(second);
		this.secrets.rotate("a", "canary-2");
		this.secrets.engine().refresh();
		assertThat(rotations("a")).isEqualTo(1);
		assertThat(second.get("secrets.rotations").tag("secret", "a").counter().count()).isEqualTo(1);
	}

	@ParameterizedTest
	@EnumSource
	void whenBoundThenMetersAreAsDocumented(SecretsMeterDocumentation documentation) {
		bind();
		assertThat(this.registry.get(documentation.getName()).meters()).allSatisfy((meter) -> {
			assertThat(meter.getId().getType()).isEqualTo(documentation.getType());
			assertThat(meter.getId().getTags()).extracting(Tag::getKey)
				.containsExactlyInAnyOrder(List.of(documentation.getKeyNames())
					.stream()
					.map((key) -> key.asString())
					.toArray(String[]::new));
			assertThat(meter.getId().getDescription()).isNotEmpty();
			if (meter.getId().getType() == Meter.Type.GAUGE) {
				assertThat(meter.getId().getBaseUnit()).isEqualTo(documentation.getBaseUnit());
			}
		});
	}

	private SecretsMeters bind() {
		SecretsMeters meters = new SecretsMeters(this.secrets.engine(), cost(), List::of, Duration.ofMinutes(15));
		meters.bindTo(this.registry);
		this.secrets.engine().addListener(meters);
		return meters;
	}

	private SecretsCost cost() {
		return new SecretsCost(this.secrets.engine(), new BigDecimal("0.05"), new BigDecimal("0.40"));
	}

	private double gauge(String name, String... tags) {
		return this.registry.get(name).tags(tags).gauge().value();
	}

	private List<Integer> states(String name) {
		return List.of("current", "stale", "missing", "rejected")
			.stream()
			.map((state) -> (int) gauge("secrets.state", "secret", name, "state", state))
			.toList();
	}

	private double rotations(String name) {
		return this.registry.get("secrets.rotations").tag("secret", name).counter().count();
	}

	private double calls(String operation) {
		return this.registry.get("secrets.cost.calls").tag("operation", operation).functionCounter().count();
	}

}
