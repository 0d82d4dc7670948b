package io.github.secretsboot.refresh;

import java.time.Duration;
import java.time.Instant;
import java.util.function.DoubleSupplier;

import org.jspecify.annotations.Nullable;

/**
 * When a source is checked next: after the interval, give or take the jitter; after
 * failures with exponential back-off and full jitter, so that neither a fleet nor the
 * sources of one application come back all at once.
 *
 * @param enabled whether sources are checked on their own at all
 * @param interval the time between two checks
 * @param jitter the part of the interval by which it varies, from 0 to 1
 * @param random numbers from 0 to 1
 * @see <a href=
 * "https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">AWS
 * Architecture Blog: Exponential Backoff And Jitter</a>
 */
public record RefreshSchedule(boolean enabled, Duration interval, double jitter, DoubleSupplier random) {

	private static final Duration FIRST_BACK_OFF = Duration.ofSeconds(2);

	private static final Duration SHORTEST_DELAY = Duration.ofMillis(500);

	/** The time within which a fleet starts. */
	private static final Duration START_OF_FLEET = Duration.ofMinutes(1);

	/** How many intervals the back-off may grow to. */
	private static final int MAX_BACK_OFF = 2;

	private static final int MAX_DOUBLINGS = 20;

	/**
	 * When the healthy sources of a pass are checked next. One call per pass: they stay
	 * together, so that they keep fitting into the same batches.
	 */
	@Nullable Instant afterSuccess(Instant now) {
		double factor = 1 + this.jitter * (2 * this.random.getAsDouble() - 1);
		return this.enabled ? now.plus(multiply(this.interval, factor)) : null;
	}

	/**
	 * When the sources of an application that has just started are checked for the first
	 * time: within an interval that begins when others of its fleet have started as well.
	 * A fleet that starts within a minute would otherwise come back within a minute, too,
	 * and exceed the quota of {@code BatchGetSecretValue}.
	 */
	@Nullable Instant afterLoad(Instant now) {
		if (!this.enabled || this.jitter == 0) {
			return afterSuccess(now);
		}
		Duration pause = (this.interval.compareTo(START_OF_FLEET) < 0) ? this.interval : START_OF_FLEET;
		return now.plus(pause).plus(multiply(this.interval, this.random.getAsDouble()));
	}

	/**
	 * When a failing source is checked next.
	 */
	@Nullable Instant afterFailure(Instant now, int failures) {
		if (!this.enabled) {
			return null;
		}
		Duration grown = FIRST_BACK_OFF.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
		Duration longest = this.interval.multipliedBy(MAX_BACK_OFF);
		Duration ceiling = (grown.compareTo(longest) < 0) ? grown : longest;
		Duration delay = multiply(ceiling, this.random.getAsDouble());
		return now.plus((delay.compareTo(SHORTEST_DELAY) < 0) ? SHORTEST_DELAY : delay);
	}

	private static Duration multiply(Duration duration, double factor) {
		return Duration.ofNanos((long) (duration.toNanos() * factor));
	}

}
