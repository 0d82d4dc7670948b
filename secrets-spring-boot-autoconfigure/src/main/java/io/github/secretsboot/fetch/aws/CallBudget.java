package io.github.secretsboot.fetch.aws;

import java.time.Duration;
import java.util.function.Supplier;

import io.github.secretsboot.fetch.Deadline;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkServiceException;

/**
 * What one call of ours may use up.
 *
 * @param deadline when it must be over
 * @param retryThrottling whether it may be retried when it is throttled
 * @param bytes how large its answer may be
 */
record CallBudget(Deadline deadline, boolean retryThrottling, int bytes) {

	/**
	 * How many attempts a call has, and how many fit into its time if none is answered.
	 */
	static final int ATTEMPTS = 3;

	private static final ThreadLocal<@Nullable CallBudget> CURRENT = new ThreadLocal<>();

	private static final Duration SHORTEST_ATTEMPT = Duration.ofMillis(200);

	static CallBudget forSecret(Deadline deadline) {
		return new CallBudget(deadline, true, AnswerStream.MAX_SECRET);
	}

	/**
	 * Batches are not retried when they are throttled: their quota is a hundredth of that
	 * of single reads, which are the better answer.
	 */
	static CallBudget forBatch(Deadline deadline) {
		return new CallBudget(deadline, false, AnswerStream.MAX_BATCH);
	}

	/**
	 * The budget of one attempt, which leaves time for the others.
	 * @param number which attempt it is, from zero
	 */
	CallBudget forAttempt(int number) {
		return new CallBudget(this.deadline.first(Math.max(1, ATTEMPTS - number)), this.retryThrottling, this.bytes);
	}

	/**
	 * Whether there may be another attempt after a failure.
	 */
	boolean allowsRetryOf(Throwable failure) {
		return this.retryThrottling || !isThrottling(failure);
	}

	/**
	 * Whether there is time for another attempt after a pause. Where there is none, the
	 * failure itself tells more than that the time was up.
	 */
	boolean allows(Duration pause) {
		return pause.plus(SHORTEST_ATTEMPT).toNanos() <= this.deadline.nanos();
	}

	private static boolean isThrottling(Throwable failure) {
		return failure instanceof SdkServiceException answer && answer.isThrottlingException();
	}

	/**
	 * Make a call with the SDK's client, which retries and reads on the same thread.
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

	/**
	 * The budget of the call with the SDK's client on this thread.
	 * @return the budget, or {@code null} if the application calls for itself
	 */
	static @Nullable CallBudget current() {
		return CURRENT.get();
	}

}
