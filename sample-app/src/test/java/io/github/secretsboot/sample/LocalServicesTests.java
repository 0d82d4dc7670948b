package io.github.secretsboot.sample;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

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
	void whenSecretHoldsNoStripeKeyThenThereIsNone() {
		try (LocalServices services = LocalServices.start(CLOCK)) {
			services.secretsManager().rotate(LocalServices.SECRET, Map.of("OTHER", "canary-other"));
			assertThat(keys(services).current()).isEmpty();
		}
	}

	@Test
	void whenPortIsTakenThenUsesAnotherAndSaysSo(CapturedOutput output) {
		try (LocalServices first = LocalServices.start(CLOCK)) {
			int port = first.secretsManager().endpoint().getPort();
			try (LocalServices second = LocalServices.start(port, CLOCK)) {
				int other = second.secretsManager().endpoint().getPort();
				assertThat(other).isNotEqualTo(port);
				assertThat(output).contains("Port " + port + " is taken").contains("on port " + other);
			}
		}
	}

	private static StripeKeys keys(LocalServices services) {
		return new SecretsManagerKeys(services.secretsManager().endpoint(), LocalServices.SECRET, "STRIPE_SECRET_KEY");
	}

}
