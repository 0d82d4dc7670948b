package io.github.secretsboot.expression;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Reads the value of a secret that stands in an expression without quotes, as in
 * <code>#{${pool.size} * 2}</code>: as the number, boolean or {@code null} that it is to
 * an expression, or else as text.
 */
final class SpelLiteral {

	private static final Pattern INTEGER = Pattern.compile("[+-]?\\d{1,18}");

	private static final Pattern HEXADECIMAL = Pattern.compile("0[xX][0-9a-fA-F]{1,15}");

	private static final Pattern REAL = Pattern.compile("[+-]?\\d+(\\.\\d+)?([eE][+-]?\\d+)?[fFdD]?");

	private SpelLiteral() {
	}

	/**
	 * Read a value.
	 * @param value the value
	 * @return a number, a boolean, {@code null}, or the value itself
	 */
	static @Nullable Object parse(String value) {
		String text = value.strip();
		if (text.equalsIgnoreCase("null")) {
			return null;
		}
		if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
			return Boolean.valueOf(text);
		}
		Number number = number(text);
		return (number != null) ? number : value;
	}

	private static @Nullable Number number(String text) {
		boolean isLong = text.endsWith("L") || text.endsWith("l");
		String digits = isLong ? text.substring(0, text.length() - 1) : text;
		if (INTEGER.matcher(digits).matches()) {
			return integer(Long.parseLong(digits), isLong);
		}
		if (HEXADECIMAL.matcher(digits).matches()) {
			return integer(Long.parseLong(digits.substring(2), 16), isLong);
		}
		return REAL.matcher(text).matches() ? real(text) : null;
	}

	private static Number integer(long number, boolean isLong) {
		return (isLong || number != (int) number) ? (Number) number : (Number) (int) number;
	}

	private static Number real(String text) {
		return (text.endsWith("f") || text.endsWith("F")) ? (Number) Float.valueOf(text)
				: (Number) Double.valueOf(text);
	}

}
