package io.github.secretsboot.diagnostics;

/**
 * Takes the place of what a binding failure was caused by, where that may quote a value
 * of a secret. Therefore without a cause of its own.
 */
public class SecretBindException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String propertyName;

	SecretBindException(String propertyName, String message) {
		super(message);
		this.propertyName = propertyName;
	}

	/**
	 * The property that could not be bound.
	 * @return the name
	 */
	public String getPropertyName() {
		return this.propertyName;
	}

}
