package io.github.secretsboot.holders;

import java.util.regex.Pattern;

/**
 * Decides which names of beans and keys of maps may be shown.
 */
final class PublicNames {

	private static final String HIDDEN = "*";

	private static final Pattern LINE = Pattern.compile("[\\p{Graph}\\x20]{1,200}");

	/**
	 * What a programmer would call something. Identifiers of sessions, users and the like
	 * have more digits, or an at sign.
	 */
	private static final Pattern NAME = Pattern.compile("(?=(\\D*\\d){0,4}\\D*$)[\\w.$:/# -]{1,64}");

	private final SoughtValues values;

	PublicNames(SoughtValues values) {
		this.values = values;
	}

	/**
	 * The name of a bean, which the application chose.
	 */
	String ofBean(String name) {
		return (LINE.matcher(name).matches() && !this.values.areIn(name)) ? name : HIDDEN;
	}

	/**
	 * The key of a map, which may be data.
	 */
	String of(Object key) {
		String name = name(key);
		return (NAME.matcher(name).matches() && !this.values.areIn(name)) ? name : HIDDEN;
	}

	private static String name(Object key) {
		if (key instanceof String text) {
			return text;
		}
		if (key instanceof Enum<?> constant) {
			return constant.name();
		}
		if (key instanceof Class<?> type) {
			return type.getName();
		}
		return (key instanceof Integer || key instanceof Long) ? key.toString() : HIDDEN;
	}

}
