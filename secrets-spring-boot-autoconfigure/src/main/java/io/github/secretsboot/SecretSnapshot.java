package io.github.secretsboot;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * One version of one secret, mapped to properties. Immutable, so whatever is read from
 * one snapshot belongs together: a user name and a password are of the same version,
 * always. Reading neither blocks nor allocates.
 */
public final class SecretSnapshot {

	private final String secretName;

	private final SecretVersion version;

	private final Map<String, Object> properties;

	private final Map<String, Object> contents;

	/**
	 * Create a snapshot.
	 * @param secretName the name or ARN as the application wrote it, expanded
	 * @param version the version
	 * @param properties the properties; each value is a {@code String} or a
	 * {@code byte[]}
	 */
	public SecretSnapshot(String secretName, SecretVersion version, Map<String, Object> properties) {
		this(secretName, version, properties, Map.of());
	}

	/**
	 * Create a snapshot of a secret whose properties were made of other keys.
	 * @param secretName the name or ARN as the application wrote it, expanded
	 * @param version the version
	 * @param properties the properties; each value is a {@code String} or a
	 * {@code byte[]}
	 * @param contents what the properties were made of, by key in the secret: found by
	 * {@link #get} and {@link #getBytes}, but not among the properties
	 */
	public SecretSnapshot(String secretName, SecretVersion version, Map<String, Object> properties,
			Map<String, Object> contents) {
		this(secretName, new LinkedHashMap<>(properties), Map.copyOf(contents), version);
	}

	private SecretSnapshot(String secretName, Map<String, Object> properties, Map<String, Object> contents,
			SecretVersion version) {
		this.secretName = secretName;
		this.properties = properties;
		this.contents = contents;
		this.version = version;
	}

	/**
	 * The secret.
	 * @return its name or ARN as the application wrote it, expanded
	 */
	public String getSecretName() {
		return this.secretName;
	}

	/**
	 * The version that all properties of this snapshot are of.
	 * @return the version
	 */
	public SecretVersion getVersion() {
		return this.version;
	}

	/**
	 * The names of the properties, in the order of the secret's content.
	 * @return the names
	 */
	public Set<String> getPropertyNames() {
		return Collections.unmodifiableSet(this.properties.keySet());
	}

	/**
	 * The value of a property, or of a key of a secret that {@code secrets.sources[].as}
	 * turned into other properties.
	 * @param propertyName the exact name, as in {@link #getPropertyNames()}, or the key
	 * as it is written in the secret
	 * @return the text, or {@code null} if there is no such property or key or it is
	 * binary
	 */
	public @Nullable String get(String propertyName) {
		return (find(propertyName) instanceof String text) ? text : null;
	}

	private @Nullable Object find(String name) {
		Object value = this.properties.get(name);
		return (value != null) ? value : this.contents.get(name);
	}

	/**
	 * The value of a binary property.
	 * @param propertyName the exact name, as in {@link #getPropertyNames()}
	 * @return a copy of the bytes, or {@code null} if there is no such property or it is
	 * text
	 */
	public byte @Nullable [] getBytes(String propertyName) {
		return (find(propertyName) instanceof byte[] bytes) ? bytes.clone() : null;
	}

	/**
	 * The value of a property, text or binary.
	 * @param propertyName the exact name, as in {@link #getPropertyNames()}
	 * @return a {@code String} or a {@code byte[]} that must not be changed, or
	 * {@code null} if there is no such property
	 */
	public @Nullable Object getValue(String propertyName) {
		return this.properties.get(propertyName);
	}

	/**
	 * Which properties differ between this snapshot and another one: added, removed or
	 * with another value.
	 * @param other the other snapshot, or {@code null} for one without properties
	 * @return the names of the properties that differ
	 */
	public Set<String> differences(@Nullable SecretSnapshot other) {
		Map<String, Object> others = (other != null) ? other.properties : Map.of();
		Set<String> names = new LinkedHashSet<>(this.properties.keySet());
		names.addAll(others.keySet());
		names.removeIf((name) -> Objects.deepEquals(this.properties.get(name), others.get(name)));
		return names;
	}

	/**
	 * Whether another snapshot has the same properties with the same values, in whatever
	 * order, and is made of the same keys.
	 * @param other the other snapshot
	 * @return {@code true} if nothing differs
	 */
	public boolean hasSameContent(@Nullable SecretSnapshot other) {
		return other != null && differences(other).isEmpty() && this.contents.equals(other.contents);
	}

	/**
	 * The same properties as another version's, which is what a rotation to equal content
	 * leaves behind. Nothing is copied.
	 * @param version the other version
	 * @return a snapshot of that version
	 */
	public SecretSnapshot withVersion(SecretVersion version) {
		return new SecretSnapshot(this.secretName, this.properties, this.contents, version);
	}

	/**
	 * Says which secret and version this is and how many properties it has, never their
	 * values.
	 */
	@Override
	public String toString() {
		return "SecretSnapshot[" + this.secretName + ", version " + this.version.versionId() + ", "
				+ this.properties.size() + " properties]";
	}

}
