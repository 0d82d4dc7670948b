package io.github.secretsboot.mapping;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The percent-encoding of URLs, strictly: what is not encoded properly is refused, since
 * a password that was guessed is a login that fails.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3986#section-2.1">RFC 3986</a>
 */
final class PercentEncoding {

	private static final String UNRESERVED = "-._~";

	private PercentEncoding() {
	}

	static String encode(String text) {
		StringBuilder encoded = new StringBuilder();
		for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
			char c = (char) (b & 0xff);
			if (c < 0x80 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0)) {
				encoded.append(c);
			}
			else {
				encoded.append('%')
					.append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
					.append(Character.toUpperCase(Character.forDigit(c & 0xf, 16)));
			}
		}
		return encoded.toString();
	}

	/**
	 * Decode a text.
	 * @param text the text
	 * @param plusIsBlank whether a plus sign stands for a blank
	 * @param where what the text is part of, for people
	 * @return the decoded text
	 * @throws MalformedSecretException if a percent sign is not followed by two
	 * hexadecimal digits, or the bytes are no UTF-8
	 */
	static String decode(String text, boolean plusIsBlank, String where) {
		String blanks = plusIsBlank ? text.replace('+', ' ') : text;
		if (blanks.indexOf('%') < 0) {
			return blanks;
		}
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		int position = 0;
		for (int percent = blanks.indexOf('%'); percent >= 0; percent = blanks.indexOf('%', position)) {
			bytes.writeBytes(blanks.substring(position, percent).getBytes(StandardCharsets.UTF_8));
			bytes.write(octet(blanks, percent, where));
			position = percent + 3;
		}
		bytes.writeBytes(blanks.substring(position).getBytes(StandardCharsets.UTF_8));
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
		}
		catch (CharacterCodingException ex) {
			throw new MalformedSecretException(where + " is percent-encoded, but not in UTF-8");
		}
	}

	private static int octet(String text, int percent, String where) {
		int high = (percent + 2 < text.length()) ? Character.digit(text.charAt(percent + 1), 16) : -1;
		int low = (percent + 2 < text.length()) ? Character.digit(text.charAt(percent + 2), 16) : -1;
		if (high < 0 || low < 0) {
			throw new MalformedSecretException(where
					+ " has a '%' that two hexadecimal digits do not follow; a percent sign itself is written '%25'");
		}
		return (high << 4) + low;
	}

}
