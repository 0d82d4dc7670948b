package io.github.secretsboot.sample;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.stereotype.Component;

/**
 * Counts charges, by the second for the last minute and by key for the last keys. Knows
 * keys as the page shows them, masked. Thread-safe.
 */
@Component
class ChargeHistory {

	/** A minute, and the second that has just begun. */
	static final int SECONDS = 61;

	static final int KEYS = 6;

	private final Deque<Second> seconds = new ArrayDeque<>();

	private final Map<String, KeyUse> keys = new LinkedHashMap<>();

	private final Clock clock;

	private long accepted;

	private long failed;

	private int keysSeen;

	ChargeHistory(Clock clock) {
		this.clock = clock;
	}

	/**
	 * Count a charge that went well.
	 * @param key the key that was used, masked
	 */
	synchronized void accepted(String key) {
		Instant now = this.clock.instant();
		this.accepted++;
		second(now).accepted().merge(key, 1, Integer::sum);
		KeyUse use = this.keys.get(key);
		this.keys.put(key, (use != null) ? use.again(now) : new KeyUse(key, this.keysSeen++, 1, now, now));
		if (this.keys.size() > KEYS) {
			this.keys.remove(this.keys.keySet().iterator().next());
		}
	}

	/**
	 * Count a charge that failed, for whatever reason.
	 */
	synchronized void failed() {
		this.failed++;
		Second second = second(this.clock.instant());
		this.seconds.removeLast();
		this.seconds.addLast(new Second(second.at(), second.accepted(), second.failed() + 1));
	}

	private Second second(Instant now) {
		long at = now.getEpochSecond();
		Second last = this.seconds.peekLast();
		// A clock that is set back must not bring the seconds out of order
		if (last != null && last.at() >= at) {
			return last;
		}
		Second second = new Second(at, new LinkedHashMap<>(), 0);
		this.seconds.addLast(second);
		while (this.seconds.size() > SECONDS) {
			this.seconds.removeFirst();
		}
		return second;
	}

	/**
	 * Return what was counted so far.
	 * @return a copy, seconds without a charge left out
	 */
	synchronized Charges charges() {
		long oldest = this.clock.instant().getEpochSecond() - SECONDS;
		List<Second> seconds = this.seconds.stream()
			.filter((second) -> second.at() >= oldest)
			.map((second) -> new Second(second.at(), new LinkedHashMap<>(second.accepted()), second.failed()))
			.toList();
		return new Charges(this.accepted, this.failed, new ArrayList<>(this.keys.values()), seconds);
	}

	/**
	 * What was counted.
	 *
	 * @param accepted how many charges went well since the start
	 * @param failed how many charges failed since the start
	 * @param keys the last keys in the order in which they came into use
	 * @param seconds the last minute and the second that has begun, oldest first
	 */
	record Charges(long accepted, long failed, List<KeyUse> keys, List<Second> seconds) {

	}

	/**
	 * What was done with a key.
	 *
	 * @param key the key, masked
	 * @param number how many keys had been used before it
	 * @param accepted how many charges went well with it
	 * @param firstUsedAt when it was used first
	 * @param lastUsedAt when it was used last
	 */
	record KeyUse(String key, int number, long accepted, Instant firstUsedAt, Instant lastUsedAt) {

		KeyUse again(Instant now) {
			return new KeyUse(this.key, this.number, this.accepted + 1, this.firstUsedAt, now);
		}

	}

	/**
	 * A second.
	 *
	 * @param at the second since the epoch
	 * @param accepted how many charges went well, by key
	 * @param failed how many charges failed
	 */
	record Second(long at, Map<String, Integer> accepted, int failed) {

	}

}
