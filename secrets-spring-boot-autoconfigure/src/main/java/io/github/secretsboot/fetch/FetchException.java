package io.github.secretsboot.fetch;

/**
 * Thrown by a {@link SecretReader} whose call failed as a whole. Carries facts, not the
 * SDK's exception: that one's message may quote the response.
 */
public class FetchException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient FetchFailure failure;

	/**
	 * Create an exception for the given failure.
	 * @param failure what went wrong
	 */
	public FetchException(FetchFailure failure) {
		super(failure.reason() + ": " + failure.detail());
		this.failure = failure;
	}

	/**
	 * What went wrong.
	 * @return the failure
	 */
	public FetchFailure getFailure() {
		return this.failure;
	}

}
