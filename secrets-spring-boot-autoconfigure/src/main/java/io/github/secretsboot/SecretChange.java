package io.github.secretsboot;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What a refresh changed in one secret.
 *
 * @param secretName the name or ARN as the application wrote it, expanded
 * @param oldVersionId the version before, or {@code null} if the secret has just appeared
 * @param newVersionId the version now
 * @param propertyNames the names of the properties that were added, removed or got
 * another value
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
