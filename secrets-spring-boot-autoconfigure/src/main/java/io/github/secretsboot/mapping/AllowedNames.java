package io.github.secretsboot.mapping;

import java.util.List;

/**
 * The properties that a source may set although they configure the framework: names in
 * any spelling, and patterns that end with {@code .*} for all below a name. A single
 * {@code *} allows everything.
 *
 * @param patterns the names and patterns
 */
public record AllowedNames(List<String> patterns) {

	/** Nothing but what every secret may set. */
	public static final AllowedNames NONE = new AllowedNames(List.of());

	private static final String ALL = "*";

	private static final String BELOW = ".*";

	/**
	 * Create an unmodifiable copy.
	 */
	public AllowedNames {
		patterns = List.copyOf(patterns);
	}

	/**
	 * Whether a text is a name or a pattern.
	 * @param pattern the text
	 * @return {@code false} if it has an asterisk in another place
	 */
	public static boolean isValid(String pattern) {
		return pattern.equals(ALL) || !withoutAsterisk(pattern).contains(ALL);
	}

	boolean contain(String name) {
		return this.patterns.stream().anyMatch((pattern) -> matches(pattern, name));
	}

	private static boolean matches(String pattern, String name) {
		if (pattern.equals(ALL) || pattern.equals(name)) {
			return true;
		}
		List<String> uniform = List.of(UniformName.of(withoutAsterisk(pattern)).toString());
		UniformName candidate = UniformName.of(name);
		return pattern.endsWith(BELOW) ? candidate.isBelow(uniform) : candidate.isOneOf(uniform);
	}

	private static String withoutAsterisk(String pattern) {
		return pattern.endsWith(BELOW) ? pattern.substring(0, pattern.length() - BELOW.length()) : pattern;
	}

}
