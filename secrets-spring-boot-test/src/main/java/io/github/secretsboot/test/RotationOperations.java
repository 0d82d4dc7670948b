package io.github.secretsboot.test;

import java.util.UUID;
import java.util.function.Consumer;

/**
 * The part of a {@link SecretsManagerServer} that plays Lambda and EventBridge.
 */
abstract sealed class RotationOperations extends SecretOperations permits ServerControls {

	RotationOperations(Partition partition, SecretStore store) {
		super(partition, store);
	}

	/**
	 * Rotate a secret in AWS's four steps, and again whenever a client calls
	 * {@code RotateSecret}. This method returns when the rotation is complete.
	 * @param secret the secret
	 * @param function the function that performs the steps, such as one of
	 * {@link Rotation}
	 * @return the new version id
	 * @throws IllegalStateException if a step fails, with the step's exception as its
	 * cause; the new version then stays pending, and the next rotation goes on with it
	 */
	public String rotate(String secret, RotationFunction function) {
		String arn = functionArn("rotate-" + UUID.randomUUID());
		rotationFunction(arn, function);
		Rotator rotator = this.partition.rotator();
		Rotator.Run run = this.partition.atomically(() -> {
			StoredSecret stored = this.store.writable(secret);
			Rotator.Run unfinished = rotator.unfinished(this.store, stored, arn);
			return (unfinished != null) ? unfinished
					: rotator.begin(this.store, secret, UUID.randomUUID().toString(), settings(stored, arn), true);
		});
		rotator.run(run);
		return run.token();
	}

	private static RotationSettings settings(StoredSecret secret, String functionArn) {
		RotationSettings before = secret.rotation();
		return new RotationSettings(true, functionArn, (before != null) ? before.rules() : null,
				(before != null) ? before.last() : null, (before != null) ? before.next() : null);
	}

	/**
	 * Register a function for {@code RotateSecret}. For other functions, the server
	 * responds as AWS does if Secrets Manager may not invoke the function.
	 * @param nameOrArn the name of the function in the server's account and region, or
	 * the ARN that clients send
	 * @param function the function that performs the steps
	 */
	public void rotationFunction(String nameOrArn, RotationFunction function) {
		this.partition.rotationFunctions().add(functionArn(nameOrArn), function);
	}

	private String functionArn(String nameOrArn) {
		return nameOrArn.startsWith("arn:") ? nameOrArn
				: "arn:aws:lambda:%s:%s:function:%s".formatted(this.store.region(), this.store.account(), nameOrArn);
	}

	/**
	 * Call a listener when a staging label of an existing secret moves to another
	 * version, except for {@code AWSPENDING} and {@code AWSPREVIOUS}. The listener
	 * receives EventBridge's event {@code Secret Label Updated}, in AWS's JSON. It is
	 * called on the thread that moved the label, after the move. If it throws an
	 * exception, other listeners are still called. There are no events for replicas.
	 * @param listener the listener, such as {@code queue::add}
	 */
	public void onLabelUpdated(Consumer<String> listener) {
		this.partition.listen(this.store, listener);
	}

}
