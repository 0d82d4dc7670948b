package io.github.secretsboot.mapping;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * How the content of a secret becomes properties.
 *
 * @param prefix put as it is before every property name
 * @param keys keys that get another property name, by key
 * @param format how text is read
 * @param as what a database secret becomes, or {@code null} for one property a key
 */
public record MappingRules(String prefix, Map<String, String> keys, SecretFormat format, @Nullable DatabaseTarget as) {

	/** No prefix, no other names, format {@link SecretFormat#AUTO}. */
	public static final MappingRules DEFAULT = new MappingRules("", Map.of(), SecretFormat.AUTO);

	/**
	 * Create rules with an unmodifiable copy of the keys.
	 */
	public MappingRules {
		keys = Map.copyOf(keys);
	}

	/**
	 * Create rules for one property a key.
	 * @param prefix put as it is before every property name
	 * @param keys keys that get another property name, by key
	 * @param format how text is read
	 */
	public MappingRules(String prefix, Map<String, String> keys, SecretFormat format) {
		this(prefix, keys, format, null);
	}

}
