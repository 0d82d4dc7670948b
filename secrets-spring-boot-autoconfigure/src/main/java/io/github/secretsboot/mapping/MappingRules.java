package io.github.secretsboot.mapping;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * How the content of a secret becomes properties.
 *
 * @param prefix put as it is before every property name
 * @param keys keys that get another property name, by key
 * @param format how text is read
 * @param as what a database secret becomes, or {@code null} for one property a key
 * @param only the keys to take, with all below them; if empty, all are
 * @param allow what may be set although it configures the framework
 */
public record MappingRules(String prefix, Map<String, String> keys, SecretFormat format, @Nullable DatabaseTarget as,
		List<String> only, AllowedNames allow) {

	/** No prefix, no other names, format {@link SecretFormat#AUTO}, all keys. */
	public static final MappingRules DEFAULT = new MappingRules("", Map.of(), SecretFormat.AUTO);

	/**
	 * Create rules with unmodifiable copies of the keys.
	 */
	public MappingRules {
		keys = Map.copyOf(keys);
		only = List.copyOf(only);
	}

	/**
	 * Create rules for all keys that every secret may set.
	 * @param prefix put as it is before every property name
	 * @param keys keys that get another property name, by key
	 * @param format how text is read
	 * @param as what a database secret becomes
	 */
	public MappingRules(String prefix, Map<String, String> keys, SecretFormat format, @Nullable DatabaseTarget as) {
		this(prefix, keys, format, as, List.of(), AllowedNames.NONE);
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

	/**
	 * The keys to take.
	 */
	<T> Map<String, T> select(Map<String, T> contents) {
		if (this.only.isEmpty()) {
			return contents;
		}
		Map<String, T> selected = new LinkedHashMap<>(contents);
		selected.keySet().removeIf((key) -> !isAskedFor(key));
		return selected;
	}

	/**
	 * Whether a key that the application has not given another name may become a property
	 * of that name. A prefix that leads to the framework is the application's wish.
	 */
	boolean allowProperty(String name) {
		return FrameworkProperties.canBeSetBySecret(name) || FrameworkProperties.includeAllWithPrefix(this.prefix)
				|| this.allow.contain(name);
	}

	/**
	 * What is left out of a secret.
	 * @param keys the keys that it has
	 * @param ignored the properties that it must not set
	 */
	LeftOut leftOut(Set<String> keys, Set<String> ignored) {
		if (this.only.isEmpty()) {
			return ignored.isEmpty() ? LeftOut.NOTHING : new LeftOut(ignored, Set.of(), Set.of());
		}
		Set<String> missing = new LinkedHashSet<>(this.only);
		missing.removeIf((wanted) -> keys.stream().anyMatch((key) -> isOrContains(wanted, key)));
		Set<String> unasked = new LinkedHashSet<>(keys);
		unasked.removeIf(this::isAskedFor);
		return new LeftOut(ignored, missing, unasked);
	}

	private boolean isAskedFor(String key) {
		return this.only.stream().anyMatch((wanted) -> isOrContains(wanted, key));
	}

	private static boolean isOrContains(String wanted, String key) {
		return key.startsWith(wanted)
				&& (key.length() == wanted.length() || ".[".indexOf(key.charAt(wanted.length())) >= 0);
	}

}
