package io.github.secretsboot.test;

/**
 * Rotates a secret, as a Lambda function does for AWS. The server calls it for each
 * {@link RotationStep} in turn, on the thread that rotates, while other threads can read.
 * The function can use the event, or a client of the server as a real function does.
 *
 * @since 0.1.0
 * @see SecretsManagerServer#rotate(String, RotationFunction)
 * @see Rotation
 */
@FunctionalInterface
public interface RotationFunction {

	/**
	 * Perform a step.
	 * @param event the step, the version and the secret
	 * @throws Exception if the step fails, which ends the rotation and leaves the new
	 * version with the label {@code AWSPENDING}
	 */
	void rotate(RotationEvent event) throws Exception;

}
