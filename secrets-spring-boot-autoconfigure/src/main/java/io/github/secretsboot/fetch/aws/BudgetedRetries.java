package io.github.secretsboot.fetch.aws;

import java.time.Duration;
import java.util.function.Supplier;

import io.github.secretsboot.fetch.Deadline;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.retries.api.AcquireInitialTokenRequest;
import software.amazon.awssdk.retries.api.AcquireInitialTokenResponse;
import software.amazon.awssdk.retries.api.RecordSuccessRequest;
import software.amazon.awssdk.retries.api.RecordSuccessResponse;
import software.amazon.awssdk.retries.api.RefreshRetryTokenRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenResponse;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.retries.api.TokenAcquisitionFailedException;

/**
 * Retries what another strategy does, but for calls made {@linkplain #within within a
 * budget} not when the pause before the retry would use the budget up: the failure itself
 * tells more than that the time was up. Batches are not retried when they are throttled:
 * their quota is a hundredth of that of single reads, which are the better answer.
 * <p>
 * The budget belongs to the thread of the call, on which the blocking client retries.
 */
final class BudgetedRetries implements RetryStrategy {

	private static final ThreadLocal<@Nullable Budget> BUDGET = new ThreadLocal<>();

	private static final Duration SHORTEST_ATTEMPT = Duration.ofMillis(200);

	private static final int MAX_ATTEMPTS = 3;

	private final RetryStrategy delegate;

	/**
	 * The SDK's standard strategy within a budget.
	 */
	static BudgetedRetries create() {
		return new BudgetedRetries(
				AwsRetryStrategy.standardRetryStrategy().toBuilder().maxAttempts(MAX_ATTEMPTS).build());
	}

	private BudgetedRetries(RetryStrategy delegate) {
		this.delegate = delegate;
	}

	static <T> T within(Deadline deadline, boolean retryThrottling, Supplier<T> call) {
		BUDGET.set(new Budget(deadline, retryThrottling));
		try {
			return call.get();
		}
		finally {
			BUDGET.remove();
		}
	}

	@Override
	public RefreshRetryTokenResponse refreshRetryToken(RefreshRetryTokenRequest request) {
		Budget budget = BUDGET.get();
		if (budget != null && !budget.retryThrottling() && request.failure() instanceof SdkServiceException answer
				&& answer.isThrottlingException()) {
			throw refused(request);
		}
		RefreshRetryTokenResponse response = this.delegate.refreshRetryToken(request);
		if (budget != null && response.delay().plus(SHORTEST_ATTEMPT).compareTo(budget.deadline().remaining()) > 0) {
			throw refused(request);
		}
		return response;
	}

	private static TokenAcquisitionFailedException refused(RefreshRetryTokenRequest request) {
		return new TokenAcquisitionFailedException("No retry within the budget", request.token(), request.failure());
	}

	@Override
	public AcquireInitialTokenResponse acquireInitialToken(AcquireInitialTokenRequest request) {
		return this.delegate.acquireInitialToken(request);
	}

	@Override
	public RecordSuccessResponse recordSuccess(RecordSuccessRequest request) {
		return this.delegate.recordSuccess(request);
	}

	@Override
	public int maxAttempts() {
		return this.delegate.maxAttempts();
	}

	@Override
	public boolean useClientDefaults() {
		return this.delegate.useClientDefaults();
	}

	@Override
	public Builder<?, ?> toBuilder() {
		return this.delegate.toBuilder();
	}

	/**
	 * What one call may use up.
	 *
	 * @param deadline when it must be over
	 * @param retryThrottling whether it may be retried when it is throttled
	 */
	private record Budget(Deadline deadline, boolean retryThrottling) {
	}

}
