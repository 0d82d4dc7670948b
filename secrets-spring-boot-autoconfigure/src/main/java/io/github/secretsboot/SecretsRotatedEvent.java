package io.github.secretsboot;

import java.util.List;

/**
 * Application event that is published once for each refresh that changed properties,
 * after the new values are visible everywhere. Listeners are called on the thread that
 * refreshes. If one throws an exception, the others are still called.
 *
 * @param changes the changes, one for each secret; never empty
 * @since 0.1.0
 */
public record SecretsRotatedEvent(List<SecretChange> changes) {

	/**
	 * Create an event with an unmodifiable copy of the changes.
	 */
	public SecretsRotatedEvent {
		changes = List.copyOf(changes);
	}

	/**
	 * Return whether a property changed.
	 * @param propertyName the name as it is written in the secret, after renaming
	 * @return {@code true} if it changed
	 */
	public boolean hasChanged(String propertyName) {
		return this.changes.stream().anyMatch((change) -> change.propertyNames().contains(propertyName));
	}

}
