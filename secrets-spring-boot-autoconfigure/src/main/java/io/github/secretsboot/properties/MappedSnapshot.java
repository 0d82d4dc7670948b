package io.github.secretsboot.properties;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.github.secretsboot.SecretSnapshot;
import io.github.secretsboot.SecretVersion;
import org.jspecify.annotations.Nullable;

/**
 * The snapshot that the engine makes of a secret value.
 */
public final class MappedSnapshot implements SecretSnapshot {

	private final String secretName;

	private final SecretVersion version;

	private final Map<String, Object> properties;

	private final Map<String, Object> contents;

	private MappedSnapshot(String secretName, SecretVersion version, Map<String, Object> properties,
			Map<String, Object> contents) {
		this.secretName = secretName;
		this.version = version;
		this.properties = properties;
		this.contents = contents;
	}

	/**
	 * Create a snapshot.
	 * @param secretName the name or ARN as the application wrote it, expanded
	 * @param version the version
	 * @param properties the properties; each value is a {@code String} or a
	 * {@code byte[]}
	 * @param contents what the properties were made of, by key in the secret: found by
	 * {@link #get} and {@link #getBytes}, but not among the properties
	 * @return a snapshot of copies of the maps
	 */
	public static MappedSnapshot of(String secretName, SecretVersion version, Map<String, Object> properties,
			Map<String, Object> contents) {
		return new MappedSnapshot(secretName, version, new LinkedHashMap<>(properties), Map.copyOf(contents));
	}

	/**
	 * The same properties as another version's, which is what a rotation to equal content
	 * leaves behind. Nothing is copied.
	 * @param version the other version
	 * @return the snapshot
	 */
	public MappedSnapshot withVersion(SecretVersion version) {
		return new MappedSnapshot(this.secretName, version, this.properties, this.contents);
	}

	@Override
	public String secretName() {
		return this.secretName;
	}

	@Override
	public SecretVersion version() {
		return this.version;
	}

	@Override
	public Set<String> propertyNames() {
		return Collections.unmodifiableSet(this.properties.keySet());
	}

	@Override
	public @Nullable String get(String propertyName) {
		return (find(propertyName) instanceof String text) ? text : null;
	}

	@Override
	public byte @Nullable [] getBytes(String propertyName) {
		return (find(propertyName) instanceof byte[] bytes) ? bytes.clone() : null;
	}

	private @Nullable Object find(String name) {
		Object value = this.properties.get(name);
		return (value != null) ? value : this.contents.get(name);
	}

	/**
	 * The value of a property, a {@code String} or a {@code byte[]} that must not be
	 * changed.
	 */
	@Nullable Object value(String propertyName) {
		return this.properties.get(propertyName);
	}

	/**
	 * The names of the properties that were added, were removed or have another value
	 * than in another snapshot, or in one without properties.
	 * @param other the other snapshot
	 * @return the names
	 */
	public Set<String> differences(@Nullable MappedSnapshot other) {
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
	 * @return {@code true} if it has
	 */
	public boolean hasSameContent(@Nullable MappedSnapshot other) {
		return other != null && differences(other).isEmpty() && this.contents.equals(other.contents);
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
