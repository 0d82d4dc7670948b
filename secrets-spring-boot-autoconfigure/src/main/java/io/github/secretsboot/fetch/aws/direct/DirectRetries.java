package io.github.secretsboot.fetch.aws.direct;

import java.util.concurrent.TimeUnit;

import io.github.secretsboot.fetch.aws.CallBudget;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.retries.api.AcquireInitialTokenRequest;
import software.amazon.awssdk.retries.api.RecordSuccessRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenResponse;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.retries.api.RetryToken;
import software.amazon.awssdk.retries.api.TokenAcquisitionFailedException;

/**
 * Repeats attempts as the SDK's client would, by the same strategy, which is not created
 * before the first failure. Safe for use by many threads, all of which share what the
 * strategy allows.
 */
class DirectRetries {

	private static final String SCOPE = "secretsmanager";

	private @Nullable RetryStrategy strategy;

	/**
	 * Wait until the next attempt may be made.
	 * @param last the token of the attempt that failed, or {@code null} of the first one
	 * @return the token of the next attempt
	 * @throws SdkException the failure, if there is to be no other attempt
	 */
	RetryToken await(@Nullable RetryToken last, SdkException failure, CallBudget budget) {
		if (!budget.allowsRetryOf(failure)) {
			throw failure;
		}
		RefreshRetryTokenResponse next = next(last, failure);
		if (!budget.allows(next.delay())) {
			throw failure;
		}
		try {
			TimeUnit.NANOSECONDS.sleep(next.delay().toNanos());
			return next.token();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw AbortedException.create("Interrupted before the next attempt", ex);
		}
	}

	private RefreshRetryTokenResponse next(@Nullable RetryToken last, SdkException failure) {
		RetryToken token = (last != null) ? last
				: strategy().acquireInitialToken(AcquireInitialTokenRequest.create(SCOPE)).token();
		try {
			return strategy()
				.refreshRetryToken(RefreshRetryTokenRequest.builder().token(token).failure(failure).build());
		}
		catch (TokenAcquisitionFailedException ex) {
			throw failure;
		}
	}

	/**
	 * The attempt with a token has succeeded.
	 */
	void succeeded(RetryToken token) {
		strategy().recordSuccess(RecordSuccessRequest.create(token));
	}

	private synchronized RetryStrategy strategy() {
		RetryStrategy current = this.strategy;
		if (current == null) {
			current = CallBudget.retries();
			this.strategy = current;
		}
		return current;
	}

}
