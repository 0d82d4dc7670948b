package io.github.secretsboot.test;

/**
 * A policy that cannot be read.
 */
final class PolicyException extends IllegalArgumentException {

	PolicyException(String reason) {
		super("Not an IAM policy that can be evaluated: " + reason);
	}

}
