package io.github.secretsboot.mapping;

/**
 * Thrown when the content of a secret cannot be mapped. The message says what is wrong
 * and where, never what is written there, and there is no cause that could.
 */
public class MalformedSecretException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Create an exception with the given message.
	 * @param message what is wrong, without any content
	 */
	public MalformedSecretException(String message) {
		super(message);
	}

}
