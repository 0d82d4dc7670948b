package io.github.secretsboot.fetch;

/**
 * Text from outside (a key of a secret, a message of AWS, a configured name) as people
 * may read it: in one line, and in the order in which it is written. Nobody who writes a
 * secret can forge a line of a log. What comes in is checked or escaped once, so that
 * whatever prints it later need not think of it.
 */
public final class PlainText {

	private PlainText() {
	}

	/**
	 * Whether a text is one line of plain text.
	 * @param text the text
	 * @return {@code false} if it has a control character, a separator of lines or
	 * paragraphs, or a character that changes the direction of writing
	 */
	public static boolean is(String text) {
		return text.chars().noneMatch(PlainText::isSpecial);
	}

	/**
	 * A text in one line of plain text.
	 * @param text the text
	 * @return the same text if it is plain, else one with its special characters written
	 * as in Java
	 */
	public static String of(String text) {
		if (is(text)) {
			return text;
		}
		StringBuilder plain = new StringBuilder(text.length() + 16);
		text.chars().forEach((c) -> {
			if (isSpecial(c)) {
				plain.append("\\u%04x".formatted(c));
			}
			else {
				plain.append((char) c);
			}
		});
		return plain.toString();
	}

	private static boolean isSpecial(int c) {
		return Character.isISOControl(c) || switch (c) {
			// Line and paragraph separator
			case 0x2028, 0x2029 -> true;
			// Marks, embeddings, overrides and isolates of bidirectional text
			case 0x061c, 0x200e, 0x200f, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069 -> true;
			default -> false;
		};
	}

}
