package io.github.secretsboot.fetch.aws;

import java.time.Duration;

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
 * Retries what another strategy does, but for calls with a {@link CallBudget} not when
 * the pause before the retry would use it up: the failure itself tells more than that the
 * time was up. Batches are not retried when they are throttled: their quota is a
 * hundredth of that of single reads, which are the better answer.
 */
final class BudgetedRetries implements RetryStrategy {

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

	@Override
	public RefreshRetryTokenResponse refreshRetryToken(RefreshRetryTokenRequest request) {
		CallBudget budget = CallBudget.current();
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

}
