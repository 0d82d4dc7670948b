package io.github.secretsboot.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import org.jspecify.annotations.Nullable;

/**
 * The faults that are at work, first come first served. Any thread may script; every call
 * asks once, under the lock, for its {@link Plan}.
 */
final class FaultScript {

	private final List<Entry> entries = new ArrayList<>();

	private Duration latency = Duration.ZERO;

	private CountDownLatch released = new CountDownLatch(1);

	private boolean closed;

	/**
	 * What happens to one call.
	 *
	 * @param delay how long it waits
	 * @param released ends waiting and hanging early
	 * @param fault what happens instead of a good answer, if anything
	 * @param faultsById what happens to single secrets of a batch
	 * @param broken whose values are cut off
	 */
	record Plan(Duration delay, CountDownLatch released, @Nullable Fault fault, Map<String, Fault> faultsById,
			List<Fault> broken) {

		boolean isBroken(String secretId) {
			return this.broken.stream().anyMatch((fault) -> fault.matches(secretId));
		}

	}

	synchronized void add(Fault fault) {
		this.entries.add(new Entry(fault));
	}

	synchronized void latency(Duration latency) {
		this.latency = latency;
	}

	synchronized void heal() {
		this.entries.clear();
		this.latency = Duration.ZERO;
		this.released.countDown();
		if (!this.closed) {
			this.released = new CountDownLatch(1);
		}
	}

	/**
	 * Release all calls that wait, and those that still arrive.
	 */
	synchronized void close() {
		this.closed = true;
		heal();
	}

	synchronized int size() {
		return this.entries.size();
	}

	synchronized Plan plan(RecordedRequest request) {
		Duration delay = this.latency;
		Fault wholeCall = null;
		Map<String, Fault> byId = new HashMap<>();
		List<Fault> broken = new ArrayList<>();
		for (Iterator<Entry> entries = this.entries.iterator(); entries.hasNext();) {
			Entry entry = entries.next();
			Fault fault = entry.fault;
			boolean applied = fault.matches(request);
			if (!applied) {
				continue;
			}
			if (fault.effect() instanceof Effect.Delay late) {
				delay = delay.plus(late.duration());
			}
			else if (fault.effect() instanceof Effect.BreakValue) {
				broken.add(fault);
			}
			else if (fault.isPartOfBatch(request)) {
				applied = addToBatch(fault, request, byId);
			}
			else if (wholeCall == null) {
				wholeCall = fault;
			}
			else {
				applied = false;
			}
			if (applied && entry.isUsedUp()) {
				entries.remove();
			}
		}
		return new Plan(delay, this.released, wholeCall, byId, broken);
	}

	private static boolean addToBatch(Fault fault, RecordedRequest request, Map<String, Fault> byId) {
		boolean applied = false;
		for (String id : request.secretIds()) {
			if (fault.matches(id) && byId.putIfAbsent(id, fault) == null) {
				applied = true;
			}
		}
		return applied;
	}

	private static final class Entry {

		private final Fault fault;

		private int left;

		Entry(Fault fault) {
			this.fault = fault;
			this.left = fault.times();
		}

		boolean isUsedUp() {
			if (this.left < Integer.MAX_VALUE) {
				this.left--;
			}
			return this.left == 0;
		}

	}

}
