package io.github.secretsboot.mapping;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.github.secretsboot.fetch.SecretValue;
import org.jspecify.annotations.Nullable;

/**
 * Maps the content of a secret to properties: a JSON object to one property a leaf, any
 * other text and bytes to one property that is named after the last segment of the
 * secret's name. Stateless and safe for use by many threads.
 */
public class SecretMapper {

	private final JsonFlattener json = new JsonFlattener();

	/**
	 * Map a secret value.
	 * @param value the value
	 * @param rules how to map it
	 * @return the properties in the order of the content; each value is a {@code String}
	 * or a {@code byte[]}
	 * @throws MalformedSecretException if the content cannot be mapped
	 */
	public Map<String, Object> map(SecretValue value, MappingRules rules) {
		Map<String, Object> properties = new LinkedHashMap<>();
		Map<String, ?> contents = content(value, rules.format());
		contents.forEach((key, content) -> properties.put(name(key, contents.keySet(), rules), content));
		return properties;
	}

	private Map<String, ?> content(SecretValue value, SecretFormat format) {
		String name = value.version().lastNameSegment();
		if (value.bytes() != null) {
			return Map.of(name, value.bytes());
		}
		String text = Objects.requireNonNull(value.text());
		Map<String, String> object = isJson(text, format) ? this.json.flatten(withoutByteOrderMark(text)) : null;
		if (object == null && format == SecretFormat.JSON) {
			throw new MalformedSecretException("the text is not a JSON object, which format 'json' asks for");
		}
		return (object != null) ? object : Map.of(name, text);
	}

	private boolean isJson(String text, SecretFormat format) {
		return switch (format) {
			case JSON -> true;
			case TEXT -> false;
			case AUTO -> beginsLikeJson(withoutByteOrderMark(text).stripLeading());
		};
	}

	private boolean beginsLikeJson(String text) {
		return text.startsWith("{") || text.startsWith("[");
	}

	/** Windows tools like to write one when they put a file into a secret. */
	private String withoutByteOrderMark(String text) {
		return text.startsWith("\uFEFF") ? text.substring(1) : text;
	}

	private String name(String key, Set<String> keys, MappingRules rules) {
		return rules.prefix() + Objects.requireNonNullElse(otherName(key, keys, rules.keys()), key);
	}

	private @Nullable String otherName(String key, Set<String> keys, Map<String, String> names) {
		if (names.isEmpty()) {
			return null;
		}
		String exact = names.get(key);
		if (exact != null) {
			return exact;
		}
		String plain = withoutSpecialCharacters(key);
		return keys.contains(plain) ? null : names.get(plain);
	}

	/** What Boot's binder leaves of a map key that is not written in brackets. */
	private String withoutSpecialCharacters(String key) {
		return key.replaceAll("[^\\p{Alnum}.-]", "");
	}

}
