package io.github.secretsboot.fetch.aws;

import software.amazon.awssdk.retries.api.AcquireInitialTokenRequest;
import software.amazon.awssdk.retries.api.AcquireInitialTokenResponse;
import software.amazon.awssdk.retries.api.RecordSuccessRequest;
import software.amazon.awssdk.retries.api.RecordSuccessResponse;
import software.amazon.awssdk.retries.api.RefreshRetryTokenRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenResponse;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.retries.api.TokenAcquisitionFailedException;

/**
 * The standard strategy of the SDK, but within the {@link CallBudget} of our calls.
 */
final class BudgetedRetries implements RetryStrategy {

	private final RetryStrategy delegate = CallBudget.retries();

	@Override
	public RefreshRetryTokenResponse refreshRetryToken(RefreshRetryTokenRequest request) {
		CallBudget budget = CallBudget.current();
		if (budget == null) {
			return this.delegate.refreshRetryToken(request);
		}
		if (budget.allowsRetryOf(request.failure())) {
			RefreshRetryTokenResponse response = this.delegate.refreshRetryToken(request);
			if (budget.allows(response.delay())) {
				return response;
			}
		}
		throw new TokenAcquisitionFailedException("No retry within the budget", request.token(), request.failure());
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
