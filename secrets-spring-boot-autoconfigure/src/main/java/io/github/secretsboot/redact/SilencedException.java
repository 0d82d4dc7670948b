package io.github.secretsboot.redact;

/**
 * Stands for an exception whose message may quote a value: says its class and where it
 * was thrown, and so do its causes.
 */
public final class SilencedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Create a stand-in.
	 * @param silenced what it stands for
	 */
	public SilencedException(Throwable silenced) {
		super(silenced.getClass().getName() + " (its message is not shown, it may quote a secret)",
				(silenced.getCause() != null) ? new SilencedException(silenced.getCause()) : null);
		setStackTrace(silenced.getStackTrace());
	}

}
