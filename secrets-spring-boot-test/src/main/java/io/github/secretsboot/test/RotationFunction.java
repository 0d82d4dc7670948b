package io.github.secretsboot.test;

/**
 * What rotates a secret: the part that a Lambda function plays for AWS. It is called for
 * each {@link RotationStep} in turn, in the thread that rotates, while other threads go
 * on reading. It may use the event, or a client of the server as a real one does.
 *
 * @see SecretsManagerServer#rotate(String, RotationFunction)
 * @see Rotation
 */
@FunctionalInterface
public interface RotationFunction {

	/**
	 * Do a step.
	 * @param event which step, for which version of which secret
	 * @throws Exception if the step fails, which ends the rotation and leaves the new
	 * version with the label {@code AWSPENDING}
	 */
	void rotate(RotationEvent event) throws Exception;

}
