package io.github.secretsboot.test;

/**
 * A step of a rotation failed.
 */
final class RotationException extends IllegalStateException {

	RotationException(String secret, RotationStep step, Exception cause) {
		super("The rotation of %s failed in %s".formatted(secret, step.wireName()), cause);
	}

}
