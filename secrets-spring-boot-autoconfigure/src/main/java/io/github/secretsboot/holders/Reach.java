package io.github.secretsboot.holders;

import java.util.Locale;
import java.util.Set;

/**
 * Where a value is looked for. The less it says by itself, the more often it stands
 * somewhere by chance: a search that finds {@code true}, {@code 5432} or
 * {@code production} everywhere tells nothing.
 */
enum Reach {

	/**
	 * Nowhere: shorter than 6 characters, a short number, or a word that everybody uses.
	 */
	NOWHERE,

	/**
	 * Where it is all of the text, or all of a password in basic authentication: shorter
	 * than 8 characters, or nothing but letters and shorter than 16.
	 */
	WHOLE,

	/**
	 * Also inside a longer text, unless a letter or digit touches it: shorter than 16.
	 */
	DELIMITED,

	/** Everywhere. */
	ANYWHERE;

	private static final int WHOLE_FROM = FragmentIndex.WINDOW;

	private static final int NUMBER_FROM = 8;

	private static final int DELIMITED_FROM = 8;

	private static final int ANYWHERE_FROM = 16;

	private static final Set<String> COMMON = Set.of("admin123", "administrator", "anonymous", "changeit", "changeme",
			"database", "default", "development", "disabled", "enabled", "localhost", "127.0.0.1", "mariadb", "mongodb",
			"password", "postgres", "postgresql", "production", "rabbitmq", "required", "secret", "sqlserver",
			"staging", "testing", "us-east-1", "username");

	static Reach of(String value) {
		int length = value.length();
		if (length < WHOLE_FROM || COMMON.contains(value.toLowerCase(Locale.ROOT))) {
			return NOWHERE;
		}
		if (value.chars().allMatch(Character::isDigit) && length < NUMBER_FROM) {
			return NOWHERE;
		}
		if (length >= ANYWHERE_FROM) {
			return ANYWHERE;
		}
		return (length < DELIMITED_FROM || value.chars().allMatch(Character::isLetter)) ? WHOLE : DELIMITED;
	}

}
