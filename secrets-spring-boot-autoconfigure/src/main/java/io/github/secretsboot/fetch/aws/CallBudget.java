package io.github.secretsboot.fetch.aws;

import java.time.Duration;
import java.util.function.Supplier;

import io.github.secretsboot.fetch.Deadline;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.retries.api.RetryStrategy;

/**
 * What one call of ours may use up.
 *
 * @param deadline when it must be over
 * @param retryThrottling whether it may be retried when it is throttled
 * @param bytes how large its answer may be
 */
public record CallBudget(Deadline deadline, boolean retryThrottling, int bytes) {

	/**
	 * How many attempts a call has, and how many fit into its time if none is answered.
	 */
	static final int ATTEMPTS = 3;

	private static final ThreadLocal<@Nullable CallBudget> CURRENT = new ThreadLocal<>();

	private static final Duration SHORTEST_ATTEMPT = Duration.ofMillis(200);

	/**
	 * The budget of a call for one secret.
	 * @param deadline when it must be over
	 * @return the budget
	 */
	public static CallBudget forSecret(Deadline deadline) {
		return new CallBudget(deadline, true, AnswerStream.MAX_SECRET);
	}

	/**
	 * The budget of a call for a batch, which is not retried when it is throttled: the
	 * quota of batches is a hundredth of that of single reads, which are the better
	 * answer.
	 * @param deadline when it must be over
	 * @return the budget
	 */
	public static CallBudget forBatch(Deadline deadline) {
		return new CallBudget(deadline, false, AnswerStream.MAX_BATCH);
	}

	/**
	 * The budget of one attempt, which leaves time for the others.
	 * @param number which attempt it is, from zero
	 * @return the budget
	 */
	public CallBudget forAttempt(int number) {
		return new CallBudget(this.deadline.first(Math.max(1, ATTEMPTS - number)), this.retryThrottling, this.bytes);
	}

	/**
	 * Whether there may be another attempt after a failure.
	 * @param failure the failure
	 * @return {@code true} if there may
	 */
	public boolean allowsRetryOf(Throwable failure) {
		return this.retryThrottling || !isThrottling(failure);
	}

	/**
	 * Whether there is time for another attempt after a pause. Where there is none, the
	 * failure itself tells more than that the time was up.
	 * @param pause the time before the attempt
	 * @return {@code true} if there is
	 */
	public boolean allows(Duration pause) {
		return pause.plus(SHORTEST_ATTEMPT).toNanos() <= this.deadline.nanos();
	}

	/**
	 * The SDK's standard strategy, which knows no budget.
	 * @return a strategy, to be shared by all calls
	 */
	public static RetryStrategy retries() {
		return AwsRetryStrategy.standardRetryStrategy().toBuilder().maxAttempts(ATTEMPTS).build();
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
