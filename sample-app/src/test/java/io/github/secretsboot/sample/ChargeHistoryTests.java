package io.github.secretsboot.sample;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;

import io.github.secretsboot.sample.ChargeHistory.Charges;
import io.github.secretsboot.sample.ChargeHistory.KeyUse;
import io.github.secretsboot.sample.ChargeHistory.Second;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ChargeHistory}.
 */
class ChargeHistoryTests {

	private static final Instant START = Instant.parse("2026-11-23T12:00:00.500Z");

	private final AdjustableClock clock = new AdjustableClock();

	private final ChargeHistory history = new ChargeHistory(this.clock);

	@Test
	void whenKeysChangeThenCountsByKeyAndSecond() {
		this.history.accepted("a");
		this.history.accepted("a");
		this.history.accepted("b");
		this.history.failed();
		this.clock.seconds = 2;
		this.history.failed();
		this.history.accepted("b");
		Charges charges = this.history.charges();
		assertThat(charges.accepted()).isEqualTo(4);
		assertThat(charges.failed()).isEqualTo(2);
		assertThat(charges.seconds()).containsExactly(new Second(START.getEpochSecond(), Map.of("a", 2, "b", 1), 1),
				new Second(START.getEpochSecond() + 2, Map.of("b", 1), 1));
		assertThat(charges.keys()).containsExactly(new KeyUse("a", 0, 2, START, START),
				new KeyUse("b", 1, 2, START, START.plusSeconds(2)));
	}

	@Test
	void whenTimePassesThenForgetsSecondsAndKeysButNoCount() {
		for (int i = 0; i < 200; i++) {
			this.clock.seconds = i;
			this.history.accepted("key " + i);
		}
		Charges charges = this.history.charges();
		assertThat(charges.accepted()).isEqualTo(200);
		assertThat(charges.seconds()).hasSize(ChargeHistory.SECONDS);
		assertThat(charges.keys()).hasSize(ChargeHistory.KEYS).last().extracting(KeyUse::number).isEqualTo(199);
		this.clock.seconds = 1000;
		assertThat(this.history.charges().seconds()).isEmpty();
	}

	@Test
	void whenClockIsSetBackThenSecondsStayInOrder() {
		this.clock.seconds = 10;
		this.history.accepted("a");
		this.clock.seconds = 5;
		this.history.accepted("a");
		this.history.failed();
		assertThat(this.history.charges().seconds())
			.containsExactly(new Second(START.getEpochSecond() + 10, Map.of("a", 2), 1));
	}

	private static final class AdjustableClock extends Clock {

		private long seconds;

		@Override
		public Instant instant() {
			return START.plusSeconds(this.seconds);
		}

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

	}

}
