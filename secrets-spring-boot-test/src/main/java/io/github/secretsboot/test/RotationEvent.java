package io.github.secretsboot.test;

import java.util.List;
import java.util.function.Function;

/**
 * Argument of a {@link RotationFunction}, with the methods that a function needs. Its
 * {@code toString} shows no value.
 *
 * @since 0.1.0
 */
public final class RotationEvent {

	private final Partition partition;

	private final SecretStore store;

	private final String secretId;

	private final String clientRequestToken;

	private final RotationStep step;

	RotationEvent(Partition partition, SecretStore store, String secretId, String clientRequestToken,
			RotationStep step) {
		this.partition = partition;
		this.store = store;
		this.secretId = secretId;
		this.clientRequestToken = clientRequestToken;
		this.step = step;
	}

	/**
	 * Return the step.
	 * @return the step
	 */
	public RotationStep step() {
		return this.step;
	}

	/**
	 * Return the secret.
	 * @return its ARN
	 */
	public String secretId() {
		return this.secretId;
	}

	/**
	 * Return the id of the new version.
	 * @return the version id
	 */
	public String clientRequestToken() {
		return this.clientRequestToken;
	}

	/**
	 * Return the current text.
	 * @return the text
	 * @throws IllegalStateException if there is none
	 */
	public String current() {
		return text((versions) -> versions.select(null, SecretVersions.CURRENT));
	}

	/**
	 * Return the text of the new version.
	 * @return the text
	 * @throws IllegalStateException if it has none yet
	 */
	public String pending() {
		return text((versions) -> versions.select(this.clientRequestToken, null));
	}

	/**
	 * Return whether the new version already has content from an earlier attempt. A
	 * function then keeps that content.
	 * @return {@code true} if it has
	 */
	public boolean isCreated() {
		SecretVersion version = versions().find(this.clientRequestToken);
		return version != null && version.content() != null;
	}

	private String text(Function<SecretVersions, SecretVersion> version) {
		SecretContent content = version.apply(versions()).content();
		return AwsError.require((content != null) ? content.text() : null,
				() -> AwsError.invalidRequest("The version holds no text."));
	}

	private SecretVersions versions() {
		return this.partition.atomically(() -> this.store.describe(this.secretId)).versions();
	}

	/**
	 * Set the text of the new version.
	 * @param text the text
	 */
	public void putPending(String text) {
		this.partition.atomically(() -> this.store.put(this.secretId, this.clientRequestToken, SecretContent.of(text),
				List.of(SecretVersions.PENDING)));
	}

	/**
	 * Make the new version the current one.
	 */
	public void finish() {
		this.partition.atomically(() -> this.store.finishRotation(this.secretId));
	}

	@Override
	public String toString() {
		return "RotationEvent[step=%s, secretId=%s, clientRequestToken=%s]".formatted(this.step.wireName(),
				this.secretId, this.clientRequestToken);
	}

}
