package io.github.secretsboot.fetch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.secretsboot.FailureReason;
import io.github.secretsboot.fetch.CallStatistics.EarlyCall;
import org.jspecify.annotations.Nullable;

/**
 * Remembers calls as long as nobody else observes them. Bounded, because in an
 * application without metrics nobody ever will. Safe for use by many threads.
 */
class EarlyCalls implements CallObserver {

	/** A start with 500 secrets and without the permission for batches is 525 calls. */
	static final int CAPACITY = 1000;

	private final List<EarlyCall> calls = new ArrayList<>();

	@Override
	public Call start(CallOperation operation) {
		long start = System.nanoTime();
		return (failure) -> add(operation, failure, start);
	}

	private synchronized void add(CallOperation operation, @Nullable FailureReason failure, long start) {
		if (this.calls.size() < CAPACITY) {
			this.calls.add(new EarlyCall(operation, failure, Duration.ofNanos(System.nanoTime() - start)));
		}
	}

	synchronized List<EarlyCall> list() {
		return List.copyOf(this.calls);
	}

}
