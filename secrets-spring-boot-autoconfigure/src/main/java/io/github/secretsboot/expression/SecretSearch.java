package io.github.secretsboot.expression;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.github.secretsboot.env.SecretsPropertySource;
import io.github.secretsboot.properties.Property;

/**
 * Finds values of secrets in a text of which nobody knows what it was made of. Every
 * character that may come from a value does: all occurrences of all values count, whether
 * they overlap or not, as they are, escaped and without the blanks around them. Only a
 * word that the application began or ended is its own.
 */
final class SecretSearch {

	private static final Pattern PLACEHOLDER = Pattern.compile("\\\\*\\$\\{");

	private final SecretsPropertySource secrets;

	private final Marking marking;

	SecretSearch(SecretsPropertySource secrets, Marking marking) {
		this.secrets = secrets;
		this.marking = marking;
	}

	/**
	 * Mark the values in a text.
	 */
	MarkedText mark(String text) {
		Map<String, BitSet> occurrences = occurrences(text);
		BitSet found = new BitSet(text.length());
		occurrences.values().forEach(found::or);
		removePartsOfWords(found, text);
		Marks marks = this.marking.unmarked("").marks();
		StringBuilder marked = new StringBuilder();
		int position = 0;
		for (int start = found.nextSetBit(0); start >= 0; start = found.nextSetBit(position)) {
			int end = found.nextClearBit(start);
			marked.append(text, position, start)
				.append(marks.mark(text.substring(start, end), names(occurrences, start, end)));
			position = end;
		}
		return new MarkedText(marked.append(text, position, text.length()).toString(), marks);
	}

	private Map<String, BitSet> occurrences(String text) {
		Map<String, BitSet> occurrences = new TreeMap<>();
		for (Property property : this.secrets.handedOut()) {
			for (String value : spellings(Marks.text(property))) {
				Matcher matcher = pattern(value).matcher(text);
				for (int i = 0; i <= text.length() && matcher.find(i); i = matcher.start() + 1) {
					occurrences.computeIfAbsent(property.name(), (name) -> new BitSet())
						.set(matcher.start(), matcher.end());
				}
			}
		}
		return occurrences;
	}

	private static Set<String> spellings(String value) {
		// A blank separates and says nothing
		return value.isBlank() ? Set.of() : Set.copyOf(List.of(value, value.strip()));
	}

	/**
	 * Whoever resolves placeholders takes an escape character away from each.
	 */
	private static Pattern pattern(String value) {
		return Pattern.compile(Arrays.stream(PLACEHOLDER.split(value, -1))
			.map(Pattern::quote)
			.collect(Collectors.joining(PLACEHOLDER.pattern())));
	}

	private static Set<String> names(Map<String, BitSet> occurrences, int start, int end) {
		return occurrences.entrySet()
			.stream()
			.filter((entry) -> !entry.getValue().get(start, end).isEmpty())
			.map(Map.Entry::getKey)
			.collect(Collectors.toSet());
	}

	private static void removePartsOfWords(BitSet found, String text) {
		for (int i = 1; i < text.length(); i++) {
			if (!found.get(i - 1) && isWithinWord(text, i)) {
				found.clear(i);
			}
		}
		for (int i = text.length() - 1; i > 0; i--) {
			if (!found.get(i) && isWithinWord(text, i)) {
				found.clear(i - 1);
			}
		}
	}

	private static boolean isWithinWord(String text, int index) {
		return Character.isLetterOrDigit(text.charAt(index - 1)) && Character.isLetterOrDigit(text.charAt(index));
	}

}
