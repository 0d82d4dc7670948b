package io.github.secretsboot;

import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * One version of one secret, mapped to properties. Immutable, so whatever is read from
 * one snapshot belongs together: a user name and a password are always of the same
 * version. Reading neither blocks nor allocates.
 */
public interface SecretSnapshot {

	/**
	 * Create a snapshot for a test, such as one of a {@link SecretValidator}.
	 * @param secretName the name of the secret
	 * @param properties the properties; each value is a {@code String} or a
	 * {@code byte[]}
	 * @return a snapshot of a version that no secret has
	 * @throws IllegalArgumentException if a value is neither text nor bytes
	 */
	static SecretSnapshot of(String secretName, Map<String, ?> properties) {
		return new FixedSnapshot(secretName, properties);
	}

	/**
	 * The secret.
	 * @return its name or ARN as the application wrote it, expanded
	 */
	String secretName();

	/**
	 * The version that all properties of this snapshot are of.
	 * @return the version
	 */
	SecretVersion version();

	/**
	 * The names of the properties, in the order of the secret's content.
	 * @return the names
	 */
	Set<String> propertyNames();

	/**
	 * The value of a property, or of a key of a secret that {@code secrets.sources[].as}
	 * turned into other properties.
	 * @param propertyName the exact name, as in {@link #propertyNames()}, or the key as
	 * it is written in the secret
	 * @return the text, or {@code null} if there is no such property or key or it is
	 * binary
	 */
	@Nullable String get(String propertyName);

	/**
	 * The value of a property that must be there, so that a misspelled name does not
	 * become a client without a key.
	 * @param propertyName the exact name, or the key as it is written in the secret
	 * @return the text
	 * @throws NoSuchElementException if there is no such property or key or it is binary;
	 * the message names the properties that there are, and no value
	 * @see #get(String)
	 */
	default String getRequired(String propertyName) {
		String value = get(propertyName);
		if (value == null) {
			throw new NoSuchElementException("Secret '" + secretName() + "' has no text property '" + propertyName
					+ "'; its properties are " + propertyNames());
		}
		return value;
	}

	/**
	 * The value of a binary property.
	 * @param propertyName the exact name, as in {@link #propertyNames()}
	 * @return a copy of the bytes, or {@code null} if there is no such property or it is
	 * text
	 */
	byte @Nullable [] getBytes(String propertyName);

}
