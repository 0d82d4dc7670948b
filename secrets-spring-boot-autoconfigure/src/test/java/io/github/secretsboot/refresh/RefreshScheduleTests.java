package io.github.secretsboot.refresh;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.function.DoubleSupplier;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RefreshScheduleTests {

	private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

	private static final Duration INTERVAL = Duration.ofMinutes(5);

	@Test
	void whenPassSucceedsThenTheNextComesWithinTheJitter() {
		assertThat(afterSuccess(() -> 0)).isEqualTo(INTERVAL.multipliedBy(9).dividedBy(10));
		assertThat(afterSuccess(() -> 0.5)).isEqualTo(INTERVAL);
		assertThat(afterSuccess(() -> 1)).isEqualTo(INTERVAL.multipliedBy(11).dividedBy(10));
	}

	@Test
	void whenChecksFailThenTheDelayDoublesUpToTwoIntervals() {
		assertThat(afterFailure(1, () -> 1)).isEqualTo(Duration.ofSeconds(2));
		assertThat(afterFailure(2, () -> 1)).isEqualTo(Duration.ofSeconds(4));
		assertThat(afterFailure(8, () -> 1)).isEqualTo(Duration.ofSeconds(256));
		assertThat(afterFailure(20, () -> 1)).isEqualTo(INTERVAL.multipliedBy(2));
		assertThat(afterFailure(Integer.MAX_VALUE, () -> 1)).isEqualTo(INTERVAL.multipliedBy(2));
	}

	@Test
	void whenChecksFailThenTheJitterIsFullButNeverBusy() {
		Random random = new Random(1);
		for (int failures = 1; failures < 50; failures++) {
			assertThat(afterFailure(failures, random::nextDouble)).isBetween(Duration.ofMillis(500),
					INTERVAL.multipliedBy(2));
			assertThat(afterFailure(failures, () -> 0)).isEqualTo(Duration.ofMillis(500));
		}
	}

	@Test
	void whenApplicationHasStartedThenTheFirstCheckComesAnyTimeWithinAnIntervalAfterAMinute() {
		assertThat(afterLoad(INTERVAL, 0.1, 0)).isEqualTo(Duration.ofMinutes(1));
		assertThat(afterLoad(INTERVAL, 0.1, 1)).isEqualTo(Duration.ofMinutes(6));
		assertThat(afterLoad(Duration.ofSeconds(10), 0.1, 0)).isEqualTo(Duration.ofSeconds(10));
		assertThat(afterLoad(INTERVAL, 0, 1)).isEqualTo(INTERVAL);
	}

	private static Duration afterLoad(Duration interval, double jitter, double random) {
		return Duration.between(NOW, new RefreshSchedule(true, interval, jitter, () -> random).afterLoad(NOW));
	}

	@Test
	void whenDisabledThenNothingIsPlanned() {
		RefreshSchedule schedule = new RefreshSchedule(false, INTERVAL, 0.1, () -> 1);
		assertThat(schedule.afterSuccess(NOW)).isNull();
		assertThat(schedule.afterFailure(NOW, 1)).isNull();
	}

	private static Duration afterSuccess(DoubleSupplier random) {
		return Duration.between(NOW, new RefreshSchedule(true, INTERVAL, 0.1, random).afterSuccess(NOW));
	}

	private static Duration afterFailure(int failures, DoubleSupplier random) {
		return Duration.between(NOW, new RefreshSchedule(true, INTERVAL, 0.1, random).afterFailure(NOW, failures));
	}

}
