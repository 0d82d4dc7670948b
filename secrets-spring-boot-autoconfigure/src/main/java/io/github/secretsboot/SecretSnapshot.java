package io.github.secretsboot;

import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * One version of one secret, mapped to properties. A snapshot is immutable, so its values
 * belong together: user name and password are always from the same version. Reading
 * neither blocks nor allocates.
 *
 * @since 0.1.0
 */
public interface SecretSnapshot {

	/**
	 * Create a snapshot for a test, for example to test a {@link SecretValidator}.
	 * @param secretName the name of the secret
	 * @param properties the properties; each value is a {@code String} or a
	 * {@code byte[]}
	 * @return a snapshot with a made-up version
	 * @throws IllegalArgumentException if a value is neither text nor bytes
	 */
	static SecretSnapshot of(String secretName, Map<String, ?> properties) {
		return new FixedSnapshot(secretName, properties);
	}

	/**
	 * Return the name of the secret.
	 * @return the name or ARN as configured, expanded
	 */
	String secretName();

	/**
	 * Return the version of all properties in this snapshot.
	 * @return the version
	 */
	SecretVersion version();

	/**
	 * Return the names of the properties, in the order of the secret's content.
	 * @return the names
	 */
	Set<String> propertyNames();

	/**
	 * Return the value of a property. If {@code secrets.sources[].as} turned the keys of
	 * the secret into other properties, this method also accepts the keys.
	 * @param propertyName the exact name, as in {@link #propertyNames()}, or the key as
	 * it is written in the secret
	 * @return the text, or {@code null} if there is no such property or key, or if it is
	 * binary
	 */
	@Nullable String get(String propertyName);

	/**
	 * Return the value of a property that must exist, so that a misspelled name does not
	 * end up as a client without a key.
	 * @param propertyName the exact name, or the key as it is written in the secret
	 * @return the text
	 * @throws NoSuchElementException if there is no such property or key, or if it is
	 * binary; the message lists the names of the existing properties, but no value
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
	 * Return the value of a binary property.
	 * @param propertyName the exact name, as in {@link #propertyNames()}
	 * @return a copy of the bytes, or {@code null} if there is no such property, or if it
	 * is text
	 */
	byte @Nullable [] getBytes(String propertyName);

}
