package io.github.secretsboot.mapping;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.github.secretsboot.fetch.SecretValue;
import org.jspecify.annotations.Nullable;

/**
 * Maps the content of a secret to properties: a JSON object to one property a leaf, any
 * other text and bytes to one property that is named after the last segment of the
 * secret's name. A database secret becomes the properties of a connection factory where
 * the rules ask for that. What a secret must not set is left out. Stateless and safe for
 * use by many threads.
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
	public MappedSecret map(SecretValue value, MappingRules rules) {
		return (rules.as() != null) ? login(value, rules, rules.as()) : properties(value, rules);
	}

	private MappedSecret login(SecretValue value, MappingRules rules, DatabaseTarget target) {
		String text = value.text();
		if (text == null) {
			throw new MalformedSecretException("the secret is binary, but a database secret must be text");
		}
		Map<String, String> contents;
		LeftOut leftOut = LeftOut.NOTHING;
		DatabaseLogin login;
		if (isJson(text, rules.format())) {
			Map<String, String> all = this.json.flatten(withoutByteOrderMark(text));
			if (all == null) {
				throw new MalformedSecretException("the text is JSON, but not an object with the keys of a database");
			}
			contents = rules.select(all);
			leftOut = rules.leftOut(all.keySet(), Set.of());
			login = new DatabaseSecret(renamed(contents, rules.keys())).login(target);
		}
		else {
			contents = Map.of(value.version().lastNameSegment(), text);
			login = DatabaseUrl.parse(withoutByteOrderMark(text).strip(), target, "the text");
		}
		return new MappedSecret(login.properties(target.prefix(rules.prefix())), Map.copyOf(contents), leftOut);
	}

	private Map<String, String> renamed(Map<String, String> contents, Map<String, String> names) {
		Map<String, String> renamed = new LinkedHashMap<>();
		contents.forEach((key, content) -> renamed
			.put(Objects.requireNonNullElse(otherName(key, contents.keySet(), names), key), content));
		return renamed;
	}

	private MappedSecret properties(SecretValue value, MappingRules rules) {
		Map<String, ?> all = content(value, rules.format());
		Map<String, ?> contents = rules.select(all);
		Map<String, Object> properties = new LinkedHashMap<>();
		Set<String> ignored = new LinkedHashSet<>();
		contents.forEach((key, content) -> {
			String otherName = otherName(key, contents.keySet(), rules.keys());
			String name = rules.prefix() + Objects.requireNonNullElse(otherName, key);
			if (otherName != null || rules.allowProperty(name)) {
				properties.put(name, content);
			}
			else {
				ignored.add(name);
			}
		});
		return new MappedSecret(properties, Map.of(), rules.leftOut(all.keySet(), ignored));
	}

	private Map<String, ?> content(SecretValue value, SecretFormat format) {
		String name = value.version().lastNameSegment();
		if (value.bytes() != null) {
			return Map.of(name, value.bytes());
		}
		String text = Objects.requireNonNull(value.text());
		Map<String, String> object = isJson(text, format) ? this.json.flatten(withoutByteOrderMark(text)) : null;
		if (object == null && format == SecretFormat.JSON) {
			throw new MalformedSecretException("the text is not a JSON object, which format 'json' requires");
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
