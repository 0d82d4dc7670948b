package io.github.secretsboot;

import java.util.List;

/**
 * Published as a Spring application event once per refresh that changed properties, when
 * the new values can be seen everywhere. A listener that throws does not keep the others
 * from being told. Called on the thread that refreshes.
 *
 * @param changes what changed, secret by secret; never empty
 */
public record SecretsRotatedEvent(List<SecretChange> changes) {

	/**
	 * Create an event with an unmodifiable copy of the changes.
	 */
	public SecretsRotatedEvent {
		changes = List.copyOf(changes);
	}

	/**
	 * Whether a property changed.
	 * @param propertyName its name as it is written in the secret, after renaming
	 * @return {@code true} if it did
	 */
	public boolean hasChanged(String propertyName) {
		return this.changes.stream().anyMatch((change) -> change.propertyNames().contains(propertyName));
	}

}
