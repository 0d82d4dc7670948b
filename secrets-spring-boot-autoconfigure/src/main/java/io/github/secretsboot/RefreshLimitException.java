package io.github.secretsboot;

import java.time.Duration;

/**
 * Thrown if refreshes are requested too often, because AWS charges for each call. Nothing
 * was checked. Scheduled checks go on.
 *
 * @since 0.1.0
 */
public class RefreshLimitException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final Duration retryAfter;

	/**
	 * Create an exception.
	 * @param retryAfter the time after which the same refresh is possible, in whole
	 * seconds
	 */
	public RefreshLimitException(Duration retryAfter) {
		super("Secrets have been refreshed too often and were not checked. The next refresh is possible in "
				+ retryAfter.toSeconds() + " s. To allow more, raise secrets.refresh.requests-per-hour.");
		this.retryAfter = retryAfter;
	}

	/**
	 * Return the time after which the same refresh is possible, unless there is another
	 * one before.
	 * @return the time, in whole seconds
	 */
	public Duration getRetryAfter() {
		return this.retryAfter;
	}

}
