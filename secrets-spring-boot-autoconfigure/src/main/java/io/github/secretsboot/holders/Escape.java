package io.github.secretsboot.holders;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A way to escape characters of a value inside a text. Many writers escape more than they
 * have to, so a text is decoded and searched again, and not searched for what one writer
 * would have made of the value.
 */
enum Escape {

	/** {@code %3A} is a colon. */
	PERCENT('%') {

		@Override
		String decode(String text) {
			return decodePercent(text);
		}

	},

	/** As in forms: {@code +} is a blank, too. */
	FORM('+') {

		@Override
		String decode(String text) {
			return decodePercent(text.replace('+', ' '));
		}

	},

	/** As in JSON, JAAS and properties files: <code>\"</code> is a quotation mark. */
	BACKSLASH('\\') {

		@Override
		String decode(String text) {
			return decodeBackslashes(text);
		}

	},

	/** As in XML and HTML: <code>&amp;amp;</code> is an ampersand. */
	ENTITY('&') {

		@Override
		String decode(String text) {
			return decodeEntities(text);
		}

	};

	private static final int LONGEST_TEXT = 256 * 1024;

	private static final int NONE = -1;

	private static final Map<String, Integer> ENTITIES = Map.of("amp", (int) '&', "lt", (int) '<', "gt", (int) '>',
			"quot", (int) '"', "apos", (int) '\'');

	private final char sign;

	Escape(char sign) {
		this.sign = sign;
	}

	/**
	 * Whether a text may have escapes of this kind.
	 */
	boolean mayBeIn(String text) {
		return text.indexOf(this.sign) >= 0 && text.length() <= LONGEST_TEXT;
	}

	/**
	 * Decode a text. What is no proper escape stays as it is.
	 */
	abstract String decode(String text);

	private static String decodePercent(String text) {
		byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
		String codes = new String(encoded, StandardCharsets.ISO_8859_1);
		ByteArrayOutputStream decoded = new ByteArrayOutputStream(encoded.length);
		for (int i = 0; i < encoded.length; i++) {
			int code = (encoded[i] == '%') ? number(codes, i + 1, i + 3, 16) : NONE;
			decoded.write((code != NONE) ? code : encoded[i]);
			i += (code != NONE) ? 2 : 0;
		}
		return decoded.toString(StandardCharsets.UTF_8);
	}

	private static String decodeBackslashes(String text) {
		StringBuilder decoded = new StringBuilder(text.length());
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c == '\\' && i + 1 < text.length()) {
				c = text.charAt(++i);
				int code = (c == 'u') ? number(text, i + 1, i + 5, 16) : NONE;
				decoded.append((code != NONE) ? (char) code : unescape(c));
				i += (code != NONE) ? 4 : 0;
			}
			else {
				decoded.append(c);
			}
		}
		return decoded.toString();
	}

	private static char unescape(char c) {
		return switch (c) {
			case 'n' -> '\n';
			case 'r' -> '\r';
			case 't' -> '\t';
			case 'b' -> '\b';
			case 'f' -> '\f';
			default -> c;
		};
	}

	private static String decodeEntities(String text) {
		StringBuilder decoded = new StringBuilder(text.length());
		int position = 0;
		for (int start = text.indexOf('&'); start >= 0; start = text.indexOf('&', position)) {
			int end = text.indexOf(';', start);
			int code = (end > start) ? entity(text.substring(start + 1, end)) : NONE;
			decoded.append(text, position, start).append((code != NONE) ? (char) code : '&');
			position = (code != NONE) ? end + 1 : start + 1;
		}
		return decoded.append(text, position, text.length()).toString();
	}

	private static int entity(String name) {
		if (name.startsWith("#x")) {
			return number(name, 2, name.length(), 16);
		}
		return name.startsWith("#") ? number(name, 1, name.length(), 10) : ENTITIES.getOrDefault(name, NONE);
	}

	private static int number(String text, int start, int end, int radix) {
		int number = (start < end && end <= text.length() && end - start <= 4) ? 0 : NONE;
		for (int i = start; i < end && number != NONE; i++) {
			int digit = Character.digit(text.charAt(i), radix);
			number = (digit >= 0) ? number * radix + digit : NONE;
		}
		return number;
	}

}
