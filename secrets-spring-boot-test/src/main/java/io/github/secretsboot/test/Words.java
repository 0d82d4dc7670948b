package io.github.secretsboot.test;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The words that AWS searches for and in: {@code credsDatabase#892} is <em>creds</em>,
 * <em>database</em> and <em>892</em>.
 */
final class Words {

	private static final Pattern BOUNDARY = Pattern.compile("[^A-Za-z0-9]+|(?=[A-Z][a-z])|(?<=[A-Za-z])(?=[0-9])");

	private Words() {
	}

	/**
	 * Whether each word of a search is the beginning of a word in the texts.
	 */
	static boolean match(String search, Collection<String> texts) {
		Set<String> wanted = of(search);
		Set<String> present = texts.stream().flatMap((text) -> of(text).stream()).collect(Collectors.toSet());
		return !wanted.isEmpty()
				&& wanted.stream().allMatch((word) -> present.stream().anyMatch((other) -> other.startsWith(word)));
	}

	private static Set<String> of(String text) {
		return Arrays.stream(BOUNDARY.split(text))
			.filter((word) -> !word.isEmpty())
			.map((word) -> word.toLowerCase(Locale.ROOT))
			.collect(Collectors.toSet());
	}

}
