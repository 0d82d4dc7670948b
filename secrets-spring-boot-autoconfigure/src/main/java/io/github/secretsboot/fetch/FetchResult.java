package io.github.secretsboot.fetch;

import java.util.Objects;

import io.github.secretsboot.FailureReason;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one request: a value or a failure.
 *
 * @param value the value, if there is one
 * @param failure the failure, if there is no value
 */
public record FetchResult(@Nullable SecretValue value, @Nullable FetchFailure failure) {

	/**
	 * The result of a request that was answered.
	 * @param value the answer
	 * @return the result
	 */
	public static FetchResult of(SecretValue value) {
		return new FetchResult(value, null);
	}

	/**
	 * The result of a request that failed.
	 * @param failure what went wrong
	 * @return the result
	 */
	public static FetchResult of(FetchFailure failure) {
		return new FetchResult(null, failure);
	}

	/**
	 * The failure of a result that has no value.
	 * @return the failure
	 * @throws NullPointerException if there is a value
	 */
	public FetchFailure requiredFailure() {
		return Objects.requireNonNull(this.failure);
	}

	boolean isAccessDenied() {
		return this.failure != null && this.failure.reason() == FailureReason.ACCESS_DENIED;
	}

	/**
	 * Whether a replica in another region may have the value.
	 */
	boolean isOutage() {
		return this.failure != null && this.failure.outage();
	}

}
