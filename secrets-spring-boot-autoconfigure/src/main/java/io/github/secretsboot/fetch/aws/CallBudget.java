package io.github.secretsboot.fetch.aws;

import java.util.function.Supplier;

import io.github.secretsboot.fetch.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * What one call of ours may use up. It belongs to the thread of the call, on which the
 * SDK's blocking client retries and reads, too.
 *
 * @param deadline when it must be over
 * @param retryThrottling whether it may be retried when it is throttled
 * @param bytes how large its answer may be
 */
record CallBudget(Deadline deadline, boolean retryThrottling, int bytes) {

	private static final ThreadLocal<@Nullable CallBudget> CURRENT = new ThreadLocal<>();

	/**
	 * The budget of the call on this thread.
	 * @return the budget, or {@code null} if the application calls for itself
	 */
	static @Nullable CallBudget current() {
		return CURRENT.get();
	}

	/**
	 * Make a call within this budget.
	 */
	<T> T spend(Supplier<T> call) {
		CURRENT.set(this);
		try {
			return call.get();
		}
		finally {
			CURRENT.remove();
		}
	}

}
