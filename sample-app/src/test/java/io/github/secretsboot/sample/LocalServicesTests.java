package io.github.secretsboot.sample;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LocalServices}.
 */
@ExtendWith(OutputCaptureExtension.class)
class LocalServicesTests {

	private static final Instant NOW = Instant.parse("2026-11-23T12:00:00.250Z");

	private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

	@Test
	void whenKeyIsRotatedThenStripeKnowsBoth() {
		try (LocalServices services = LocalServices.start(CLOCK)) {
			String oldVersion = services.secretsManager().currentVersionId(LocalServices.SECRET);
			String newVersion = services.rotateKey();
			StripeKeys keys = keys(services);
			assertThat(keys.current()).contains(new StripeKeys.Key(LocalServices.key(2), newVersion, NOW));
			assertThat(keys.previous()).contains(new StripeKeys.Key(LocalServices.key(1), oldVersion, NOW));
		}
	}

	@Test
	void whenKeyWasNeverRotatedThenThereIsNoPreviousOne() {
		try (LocalServices services = LocalServices.start(CLOCK)) {
			assertThat(keys(services).previous()).isEmpty();
		}
	}

	@Test
	void whenSecretHoldsNoStripeKeyThenTheOneBeforeStaysValid() {
		try (LocalServices services = LocalServices.start(CLOCK)) {
			services.secretsManager().rotate(LocalServices.SECRET, Map.of("OTHER", "canary-other"));
			assertThat(keys(services).current().orElseThrow().value().equals(LocalServices.key(1))).isTrue();
			assertThat(keys(services).previous()).isEmpty();
		}
	}

	@Test
	void whenJsonBreaksThenStripeKnowsTheKeyBeforeUntilItIsRepaired() {
		try (LocalServices services = LocalServices.start(CLOCK)) {
			String intact = services.secretsManager().currentVersionId(LocalServices.SECRET);
			services.disturb(Disturbance.BROKEN_JSON, true);
			assertThat(services.present()).containsExactly(Disturbance.BROKEN_JSON);
			assertThat(services.secretsManager().currentVersionId(LocalServices.SECRET)).isNotEqualTo(intact);
			assertThat(keys(services).current().orElseThrow().version()).isEqualTo(intact);
			services.disturb(Disturbance.BROKEN_JSON, false);
			assertThat(services.present()).isEmpty();
			assertThat(services.secretsManager().currentVersionId(LocalServices.SECRET)).isEqualTo(intact);
		}
	}

	@Test
	void whenBrokenJsonIsRotatedAwayThenStripeKnowsBothKeys() {
		try (LocalServices services = LocalServices.start(CLOCK)) {
			String intact = services.secretsManager().currentVersionId(LocalServices.SECRET);
			services.disturb(Disturbance.BROKEN_JSON, true);
			String rotated = services.rotateKey();
			assertThat(services.present()).isEmpty();
			assertThat(keys(services).current().orElseThrow().version()).isEqualTo(rotated);
			assertThat(keys(services).previous().orElseThrow().version()).isEqualTo(intact);
		}
	}

	@Test
	void whenDisturbancesOverlapThenEachEndsOnItsOwn() {
		try (LocalServices services = LocalServices.start(CLOCK)) {
			services.disturb(Disturbance.THROTTLING, true);
			services.disturb(Disturbance.REGION_DOWN, true);
			services.disturb(Disturbance.THROTTLING, false);
			assertThat(services.present()).containsExactly(Disturbance.REGION_DOWN);
			assertThat(keys(services).current()).isPresent();
			services.disturb(Disturbance.REGION_DOWN, false);
			assertThat(services.present()).isEmpty();
		}
	}

	@Test
	void whenPortIsTakenThenUsesAnotherAndSaysSo(CapturedOutput output) {
		try (LocalServices first = LocalServices.start(CLOCK)) {
			int port = first.secretsManager().endpoint().getPort();
			try (LocalServices second = LocalServices.start(port, CLOCK, LogFactory.getLog(LocalServices.class))) {
				int other = second.secretsManager().endpoint().getPort();
				assertThat(other).isNotEqualTo(port);
				assertThat(output).contains("Port " + port + " is taken").contains("on port " + other);
			}
		}
	}

	private static StripeKeys keys(LocalServices services) {
		return new SecretKeys((stage) -> services.secretsManager().find(LocalServices.SECRET, stage));
	}

}
