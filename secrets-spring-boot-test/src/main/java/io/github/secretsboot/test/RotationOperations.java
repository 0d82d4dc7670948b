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
	 * Rotate a secret in AWS's four steps, and from now on whenever a client asks for it
	 * with {@code RotateSecret}. Returns when the rotation is through.
	 * @param secret the secret
	 * @param function does the steps, such as one of {@link Rotation}
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
	 * Let {@code RotateSecret} find a function. One that it does not find may not be
	 * invoked, says AWS.
	 * @param nameOrArn the name of the function in the server's account and region, or
	 * the ARN that clients send
	 * @param function does the steps
	 */
	public void rotationFunction(String nameOrArn, RotationFunction function) {
		this.partition.rotationFunctions().add(functionArn(nameOrArn), function);
	}

	private String functionArn(String nameOrArn) {
		return nameOrArn.startsWith("arn:") ? nameOrArn
				: "arn:aws:lambda:%s:%s:function:%s".formatted(this.store.region(), this.store.account(), nameOrArn);
	}

	/**
	 * Tell somebody when a staging label of an existing secret comes to another version,
	 * except for {@code AWSPENDING} and {@code AWSPREVIOUS}: EventBridge's event
	 * {@code Secret Label Updated}, in AWS's JSON. A listener is called in the thread
	 * that moved the label, after it has moved. What one throws stops nobody. Replicas
	 * are not announced.
	 * @param listener who wants to know, such as {@code queue::add}
	 */
	public void onLabelUpdated(Consumer<String> listener) {
		this.partition.listen(this.store, listener);
	}

}
