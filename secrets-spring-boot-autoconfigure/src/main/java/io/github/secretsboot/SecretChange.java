package io.github.secretsboot;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The changes that a refresh made to one secret.
 *
 * @param secretName the name or ARN as configured, expanded
 * @param oldVersionId the previous version, or {@code null} if the secret was missing
 * before
 * @param newVersionId the new version
 * @param propertyNames the names of the properties that were added, removed or changed
 * @since 0.1.0
 */
public record SecretChange(String secretName, @Nullable String oldVersionId, String newVersionId,
		Set<String> propertyNames) {

	/**
	 * Create a change with an unmodifiable copy of the names.
	 */
	public SecretChange {
		propertyNames = Set.copyOf(propertyNames);
	}

}
