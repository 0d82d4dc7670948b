package io.github.secretsboot.properties;

import java.util.BitSet;
import java.util.function.IntPredicate;

/**
 * Escapes the placeholders in a value, so that Spring, which resolves <code>${…}</code>
 * also in the values of properties, leaves them as they are. Everything that resolves
 * placeholders, the environment, Boot's binder and {@code @Value}, resolves those of a
 * value once and takes the escape character away with that.
 *
 * @see <a href=
 * "https://docs.spring.io/spring-framework/reference/core/beans/environment.html#beans-placeholder-resolution-in-statements">Spring
 * Framework: Placeholder Resolution</a>
 */
public final class LiteralText {

	private static final String PREFIX = "${";

	private static final char ESCAPE = '\\';

	private LiteralText() {
	}

	/**
	 * Escape a value.
	 * @param value what is to be read
	 * @return what to put into the environment for that: mostly the same string
	 */
	public static String escape(String value) {
		return escape(value, (start) -> true);
	}

	/**
	 * Escape some placeholders of a text.
	 * @param text what is to be read
	 * @param literal tells by its start whether a placeholder is to be escaped
	 * @return what Spring resolves to that: mostly the same string
	 */
	public static String escape(String text, IntPredicate literal) {
		int start = text.indexOf(PREFIX);
		// Without an end it is no placeholder, and the escape character would stay
		return (start >= 0 && text.indexOf('}', start) >= 0) ? escape(text, closedBraces(text), literal) : text;
	}

	private static String escape(String text, BitSet closedBraces, IntPredicate literal) {
		StringBuilder escaped = new StringBuilder(text.length() + 8);
		int position = 0;
		for (int start = text.indexOf(PREFIX); start >= 0; start = text.indexOf(PREFIX, start + PREFIX.length())) {
			if (closedBraces.get(start + 1) && literal.test(start)) {
				escaped.append(text, position, start).append(ESCAPE);
				position = start;
			}
		}
		return escaped.append(text, position, text.length()).toString();
	}

	/** The opening braces that have a closing one. */
	private static BitSet closedBraces(String value) {
		BitSet closed = new BitSet(value.length());
		int[] open = new int[value.length()];
		int depth = 0;
		for (int i = 0; i < value.length(); i++) {
			char c = value.charAt(i);
			if (c == '{') {
				open[depth++] = i;
			}
			else if (c == '}' && depth > 0) {
				closed.set(open[--depth]);
			}
		}
		return closed;
	}

}
