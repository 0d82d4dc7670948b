package io.github.secretsboot.refresh;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import io.github.secretsboot.RefreshLimitException;

/**
 * Limits the calls that refreshes on request cost, as a bucket does that is full at the
 * start, holds the refreshes of one hour and is filled again evenly. So many of them may
 * come at once. Safe for use by many threads.
 */
public class RefreshLimit {

	private static final Duration PERIOD = Duration.ofHours(1);

	private final int capacity;

	private final Clock clock;

	private double level;

	private Instant filledAt;

	/**
	 * Create a limit.
	 * @param requestsPerHour how many refreshes of all secrets an hour has room for
	 * @param clock tells the time
	 */
	public RefreshLimit(int requestsPerHour, Clock clock) {
		this.capacity = requestsPerHour;
		this.clock = clock;
		this.level = requestsPerHour;
		this.filledAt = clock.instant();
	}

	/**
	 * Take what a refresh costs.
	 * @param cost the part of the calls of a refresh of all secrets, from 0 to 1
	 * @throws RefreshLimitException if too little is left; nothing is taken then
	 */
	synchronized void take(double cost) {
		fill(this.clock.instant());
		if (this.level < cost) {
			double missing = (cost - this.level) / this.capacity;
			throw new RefreshLimitException(Duration.ofSeconds((long) Math.ceil(missing * PERIOD.toSeconds())));
		}
		this.level -= cost;
	}

	private void fill(Instant now) {
		if (now.isAfter(this.filledAt)) {
			double passed = (double) Duration.between(this.filledAt, now).toMillis() / PERIOD.toMillis();
			this.level = Math.min(this.capacity, this.level + passed * this.capacity);
			this.filledAt = now;
		}
	}

}
