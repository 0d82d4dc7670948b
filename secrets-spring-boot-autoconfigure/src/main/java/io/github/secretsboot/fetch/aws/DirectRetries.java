package io.github.secretsboot.fetch.aws;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

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

	<T> T call(Supplier<T> attempt) {
		RetryToken token = null;
		while (true) {
			try {
				T result = attempt.get();
				if (token != null) {
					strategy().recordSuccess(RecordSuccessRequest.create(token));
				}
				return result;
			}
			catch (SdkException ex) {
				token = await(token, ex);
			}
		}
	}

	/**
	 * Wait until the next attempt may be made.
	 * @throws SdkException the failure, if there is to be no other attempt
	 */
	private RetryToken await(@Nullable RetryToken token, SdkException failure) {
		RetryToken last = (token != null) ? token
				: strategy().acquireInitialToken(AcquireInitialTokenRequest.create(SCOPE)).token();
		try {
			RefreshRetryTokenResponse next = strategy()
				.refreshRetryToken(RefreshRetryTokenRequest.builder().token(last).failure(failure).build());
			TimeUnit.NANOSECONDS.sleep(next.delay().toNanos());
			return next.token();
		}
		catch (TokenAcquisitionFailedException ex) {
			throw failure;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw AbortedException.create("Interrupted before the next attempt", ex);
		}
	}

	private synchronized RetryStrategy strategy() {
		RetryStrategy current = this.strategy;
		if (current == null) {
			current = BudgetedRetries.create();
			this.strategy = current;
		}
		return current;
	}

}
