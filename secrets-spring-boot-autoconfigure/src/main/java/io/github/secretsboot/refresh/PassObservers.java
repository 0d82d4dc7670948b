package io.github.secretsboot.refresh;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

import io.github.secretsboot.RefreshResult;

/**
 * All who are told when a pass begins and ends. For any number of threads.
 */
class PassObservers {

	private final List<PassObserver> observers = new CopyOnWriteArrayList<>();

	void add(PassObserver observer) {
		this.observers.add(observer);
	}

	void remove(PassObserver observer) {
		this.observers.remove(observer);
	}

	/**
	 * Make a pass, and tell of it.
	 * @param checked how many secrets it checks
	 * @param pass makes it
	 */
	RefreshResult observe(long checked, Supplier<RefreshResult> pass) {
		Deque<PassObserver.Pass> observed = new ArrayDeque<>();
		// Ended in the opposite order: each may open a scope on the thread
		this.observers.forEach((observer) -> observed.push(observer.start()));
		PassObserver.Outcome outcome = PassObserver.Outcome.FAILURE;
		try {
			RefreshResult result = pass.get();
			outcome = PassObserver.Outcome.of(checked, result.failures().size());
			return result;
		}
		finally {
			end(observed, outcome);
		}
	}

	private static void end(Deque<PassObserver.Pass> observed, PassObserver.Outcome outcome) {
		observed.forEach((pass) -> pass.end(outcome));
	}

}
