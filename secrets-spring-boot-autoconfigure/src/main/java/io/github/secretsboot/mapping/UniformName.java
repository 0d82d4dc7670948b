package io.github.secretsboot.mapping;

import java.util.BitSet;
import java.util.List;

/**
 * A property name as Spring compares it: letters in lower case and digits, whatever else
 * it is spelled with. {@code spring.main.banner-mode}, {@code SPRING_MAIN_BANNERMODE} and
 * {@code Spring[main].Banner-Mode} are the same.
 */
final class UniformName {

	private final String text;

	/** The positions in the text at which an element of the name ends. */
	private final BitSet ends;

	/** The same, if every dash and underscore ended an element. */
	private final BitSet possibleEnds;

	private UniformName(String text, BitSet ends, BitSet possibleEnds) {
		this.text = text;
		this.ends = ends;
		this.possibleEnds = possibleEnds;
	}

	static UniformName of(String name) {
		boolean variableLike = VariableName.isVariableLike(name);
		StringBuilder text = new StringBuilder(name.length());
		BitSet ends = new BitSet();
		BitSet possibleEnds = new BitSet();
		for (int i = 0; i < name.length(); i++) {
			char c = Character.toLowerCase(name.charAt(i));
			if (isLetterOrDigit(c)) {
				text.append(c);
			}
			else if (".[]_-".indexOf(c) >= 0) {
				possibleEnds.set(text.length());
				ends.set(text.length(), ends.get(text.length()) || variableLike || (c != '_' && c != '-'));
			}
		}
		return new UniformName(text.toString(), ends, possibleEnds);
	}

	/**
	 * Whether a name begins with the letters of one of the beginnings. Most names differ
	 * in the first one or two.
	 */
	static boolean begins(String name, List<String> beginnings) {
		for (String beginning : beginnings) {
			if (begins(name, beginning)) {
				return true;
			}
		}
		return false;
	}

	private static boolean begins(String name, String beginning) {
		int matched = 0;
		for (int i = 0; i < name.length() && matched < beginning.length(); i++) {
			char c = Character.toLowerCase(name.charAt(i));
			if (c == beginning.charAt(matched)) {
				matched++;
			}
			else if (isLetterOrDigit(c)) {
				return false;
			}
		}
		return matched == beginning.length();
	}

	private static boolean isLetterOrDigit(char c) {
		return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
	}

	boolean isOneOf(List<String> names) {
		return names.contains(this.text);
	}

	/**
	 * Whether this is the name of something below one of the parents.
	 */
	boolean isBelow(List<String> parents) {
		return leadsBelow(parents) && !isOneOf(parents);
	}

	/**
	 * Whether this is the name of something below one of the parents in whatever way
	 * dashes and underscores are read.
	 */
	boolean mayBeBelow(List<String> parents) {
		return isAfter(parents, this.possibleEnds);
	}

	/**
	 * Whether whatever follows this beginning of a name is below one of the parents.
	 */
	boolean leadsBelow(List<String> parents) {
		return isAfter(parents, this.ends);
	}

	private boolean isAfter(List<String> parents, BitSet ends) {
		return parents.stream().anyMatch((parent) -> this.text.startsWith(parent) && ends.get(parent.length()));
	}

	/**
	 * Whether the name, or that of the list which it is an element of, ends like this.
	 */
	boolean endsWith(List<String> endings) {
		int end = this.text.length();
		while (end > 0 && Character.isDigit(this.text.charAt(end - 1))) {
			end--;
		}
		String name = this.text.substring(0, end);
		return endings.stream().anyMatch(name::endsWith);
	}

	@Override
	public String toString() {
		return this.text;
	}

}
