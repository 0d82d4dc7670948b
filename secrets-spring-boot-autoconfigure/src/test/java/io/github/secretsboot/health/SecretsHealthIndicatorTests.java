package io.github.secretsboot.health;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.secretsboot.FailureReason;
import io.github.secretsboot.env.InMemorySecrets;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests {@link SecretsHealthIndicator}.
 */
class SecretsHealthIndicatorTests {

	private static final Duration MAX_AGE = Duration.ofMinutes(15);

	private final InMemorySecrets secrets = new InMemorySecrets().with("a").with("b");

	@Test
	void whenAllSecretsAreCurrentThenUp() {
		this.secrets.load();
		Health health = health();
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).isEqualTo(Map.of("current", 2L, "maxAge", "PT15M"));
	}

	@Test
	void whenSecretIsStaleForLessThanMaxAgeThenUpWithDetail() {
		this.secrets.load();
		this.secrets.reader().fail("b", FailureReason.THROTTLED);
		checkAfter(MAX_AGE);
		Health health = health();
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("current", 1L)
			.doesNotContainKey("expired")
			.containsEntry("stale", List.of(Map.of("name", "b", "state", "stale", "age", "PT15M", "reason", "throttled",
					"since", this.secrets.now().toString())));
	}

	@Test
	void whenSecretIsStaleForLongerThanMaxAgeThenOutOfService() {
		this.secrets.load();
		this.secrets.reader().fail("b", FailureReason.ACCESS_DENIED);
		checkAfter(MAX_AGE.plusSeconds(1));
		Health health = health();
		assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
		assertThat(health.getDetails()).doesNotContainKey("stale");
		assertThat(health.getDetails().get("expired")).asInstanceOf(InstanceOfAssertFactories.list(Map.class))
			.singleElement()
			.satisfies((secret) -> assertThat(secret).containsEntry("name", "b")
				.containsEntry("age", "PT15M1S")
				.containsEntry("reason", "access-denied"));
	}

	@Test
	void whenNobodyChecksForLongerThanMaxAgeThenOutOfService() {
		this.secrets.load();
		this.secrets.advance(MAX_AGE.plusSeconds(1));
		assertThat(health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
	}

	@Test
	void whenSecretRecoversThenUpWithoutDetail() {
		this.secrets.load();
		this.secrets.reader().fail("b", FailureReason.UNREACHABLE);
		checkAfter(MAX_AGE.plusSeconds(1));
		this.secrets.reader().recover("b");
		checkAfter(Duration.ofSeconds(1));
		assertThat(health().getStatus()).isEqualTo(Status.UP);
		assertThat(health().getDetails()).doesNotContainKeys("stale", "expired");
	}

	@Test
	void whenNewestVersionIsRejectedThenSecretIsStaleAndAges() {
		this.secrets.load();
		this.secrets.engine().addValidator((candidate) -> {
			throw new IllegalStateException("refused");
		});
		this.secrets.rotate("a", "canary-2");
		checkAfter(Duration.ofMinutes(5));
		assertThat(health().getStatus()).isEqualTo(Status.UP);
		assertThat(health().getDetails().get("stale").toString()).contains("name=a", "state=rejected", "age=PT5M",
				"reason=rejected");
		checkAfter(MAX_AGE);
		assertThat(health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
	}

	@Test
	void whenOptionalSecretIsMissingThenThatIsNoProblem() {
		this.secrets.withMissing("later").load();
		checkAfter(MAX_AGE.plusSeconds(1));
		assertThat(health().getStatus()).isEqualTo(Status.UP);
		assertThat(health().getDetails()).doesNotContainKeys("stale", "expired");
	}

	@Test
	void whenMissingSecretIsDeniedThenItExpiresAsWell() {
		this.secrets.withMissing("later").load();
		this.secrets.reader().fail("later", FailureReason.ACCESS_DENIED);
		checkAfter(Duration.ofMinutes(1));
		assertThat(health().getStatus()).isEqualTo(Status.UP);
		assertThat(health().getDetails().get("stale").toString()).contains("name=later", "state=missing");
		checkAfter(MAX_AGE.plusSeconds(1));
		assertThat(health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
	}

	@Test
	void whenVersionIsPinnedThenItDoesNotAge() {
		InMemorySecrets pinned = new InMemorySecrets().withPinned("p", "version-1").load();
		pinned.advance(Duration.ofDays(365));
		assertThat(new SecretsHealthIndicator(pinned.engine(), List::of, MAX_AGE).health().getStatus())
			.isEqualTo(Status.UP);
	}

	@Test
	void whenThereIsNoMaxAgeThenAgeDoesNotCount() {
		this.secrets.load(false);
		this.secrets.advance(Duration.ofDays(365));
		Health health = new SecretsHealthIndicator(this.secrets.engine(), List::of, null).health();
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).isEqualTo(Map.of("current", 2L));
	}

	@Test
	void whenAnythingIsWrongThenDetailsHoldNoValue() {
		this.secrets.load();
		this.secrets.engine().addValidator((candidate) -> {
			throw new IllegalStateException(candidate.get("KEY"));
		});
		this.secrets.rotate("a", "canary-2");
		this.secrets.reader().put("b", "{\"canary-3");
		checkAfter(Duration.ofMinutes(1));
		assertThat(health().getDetails().toString()).contains("rejected", "malformed").doesNotContain("canary");
	}

	private void checkAfter(Duration duration) {
		this.secrets.advance(duration);
		this.secrets.engine().refresh();
	}

	private Health health() {
		return new SecretsHealthIndicator(this.secrets.engine(), List::of, MAX_AGE).health();
	}

}
