package io.github.secretsboot.refresh;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.stream.IntStream;

import io.github.secretsboot.fetch.BatchRules;
import io.github.secretsboot.fetch.SecretRequest;

/**
 * A fleet in virtual time: instances that start within a minute and then poll, with the
 * real schedule and the real rules for batches, against the quotas of one account and
 * region. All calls of a load begin at once and take no time.
 */
final class FleetSimulation {

	static final int BATCH_QUOTA = 100;

	static final int SINGLE_QUOTA = 10_000;

	static final int START_SECONDS = 60;

	private static final int INTERVALS = 12;

	private final Fleet fleet;

	private final Random random = new Random(42);

	private final List<SecretRequest> requests;

	private final int[] batches;

	private final int[] servedBatches;

	private final int[] singles;

	private int starved;

	FleetSimulation(Fleet fleet) {
		this.fleet = fleet;
		this.requests = IntStream.range(0, fleet.secrets()).mapToObj((i) -> SecretRequest.current("s" + i)).toList();
		int seconds = START_SECONDS + INTERVALS * (int) fleet.interval().toSeconds();
		this.batches = new int[seconds];
		this.servedBatches = new int[seconds];
		this.singles = new int[seconds];
	}

	FleetSimulation run() {
		PriorityQueue<Load> loads = new PriorityQueue<>();
		for (int i = 0; i < this.fleet.instances(); i++) {
			Instant start = Instant.EPOCH.plusNanos((long) (this.random.nextDouble() * START_SECONDS * 1e9));
			loads.add(new Load(start, i, true, new BatchRules(this.random::nextDouble)));
		}
		RefreshSchedule schedule = new RefreshSchedule(true, this.fleet.interval(), 0.1, this.random::nextDouble);
		while (loads.peek().time().getEpochSecond() < this.batches.length) {
			Load load = loads.poll();
			call((int) load.time().getEpochSecond(), load.rules());
			Instant next = load.first() ? schedule.afterLoad(load.time()) : schedule.afterSuccess(load.time());
			loads.add(new Load(next, load.instance(), false, load.rules()));
		}
		return this;
	}

	private void call(int second, BatchRules rules) {
		int left = this.requests.size();
		boolean answered = false;
		boolean throttled = false;
		for (List<SecretRequest> batch : this.fleet.batch() ? rules.plan(this.requests)
				: List.<List<SecretRequest>>of()) {
			this.batches[second]++;
			if (this.servedBatches[second] < BATCH_QUOTA) {
				this.servedBatches[second]++;
				left -= batch.size();
				answered = true;
			}
			else {
				throttled = true;
			}
		}
		this.singles[second] += left;
		if (this.singles[second] > SINGLE_QUOTA) {
			this.starved++;
		}
		rules.learn(new BatchRules.Round(answered, throttled, List.of(), "", Map.of()));
	}

	/** Loads that met both quotas used up, and would have had to retry. */
	int starved() {
		return this.starved;
	}

	int[] batches() {
		return this.batches;
	}

	int[] singles() {
		return this.singles;
	}

	int startPeak(int[] calls) {
		return IntStream.range(0, START_SECONDS).map((i) -> calls[i]).max().orElseThrow();
	}

	int pollPeak(int[] calls) {
		return IntStream.range(START_SECONDS, calls.length).map((i) -> calls[i]).max().orElseThrow();
	}

	/** The calls that are answered in 30 days, from the second half of the simulation. */
	double callsPerMonth() {
		int half = this.batches.length / 2;
		long calls = IntStream.range(half, this.batches.length)
			.mapToLong((i) -> this.servedBatches[i] + this.singles[i])
			.sum();
		return calls * (double) Duration.ofDays(30).toSeconds() / (this.batches.length - half);
	}

	/**
	 * A fleet.
	 *
	 * @param instances how many instances there are
	 * @param secrets how many secrets each of them has
	 * @param interval how often they poll
	 * @param batch whether batches are used
	 */
	record Fleet(int instances, int secrets, Duration interval, boolean batch) {

	}

	private record Load(Instant time, int instance, boolean first, BatchRules rules) implements Comparable<Load> {

		@Override
		public int compareTo(Load other) {
			int order = this.time.compareTo(other.time);
			return (order != 0) ? order : Integer.compare(this.instance, other.instance);
		}

	}

}
