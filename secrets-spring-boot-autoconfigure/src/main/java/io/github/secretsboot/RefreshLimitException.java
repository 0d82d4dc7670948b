package io.github.secretsboot;

import java.time.Duration;

/**
 * Secrets have been refreshed on request too often, and AWS charges for each call:
 * nothing was checked. Checks on schedule go on.
 */
public class RefreshLimitException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final Duration retryAfter;

	/**
	 * Create an exception.
	 * @param retryAfter after which time the same refresh is possible, in whole seconds
	 */
	public RefreshLimitException(Duration retryAfter) {
		super("Secrets have been refreshed too often and were not checked. The next refresh is possible in "
				+ retryAfter.toSeconds() + " s. To allow more, raise secrets.refresh.requests-per-hour.");
		this.retryAfter = retryAfter;
	}

	/**
	 * After which time the same refresh is possible, if nobody asks for another one
	 * before.
	 * @return the time, in whole seconds
	 */
	public Duration getRetryAfter() {
		return this.retryAfter;
	}

}
