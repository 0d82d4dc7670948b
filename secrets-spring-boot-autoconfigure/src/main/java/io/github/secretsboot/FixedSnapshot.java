package io.github.secretsboot;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A snapshot that a test has made.
 */
final class FixedSnapshot implements SecretSnapshot {

	private final SecretVersion version;

	private final Map<String, Object> properties = new LinkedHashMap<>();

	FixedSnapshot(String secretName, Map<String, ?> properties) {
		this.version = new SecretVersion(secretName, "", "00000000-0000-0000-0000-000000000000", List.of("AWSCURRENT"),
				null);
		properties.forEach((name, value) -> {
			if (!(value instanceof String || value instanceof byte[])) {
				throw new IllegalArgumentException("Property '" + name + "' must be a String or a byte[]");
			}
			this.properties.put(name, value);
		});
	}

	@Override
	public String secretName() {
		return this.version.name();
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
		return (this.properties.get(propertyName) instanceof String text) ? text : null;
	}

	@Override
	public byte @Nullable [] getBytes(String propertyName) {
		return (this.properties.get(propertyName) instanceof byte[] bytes) ? bytes.clone() : null;
	}

	/**
	 * Says which secret this is and how many properties it has, never their values.
	 */
	@Override
	public String toString() {
		return "SecretSnapshot[" + secretName() + ", " + this.properties.size() + " properties]";
	}

}
