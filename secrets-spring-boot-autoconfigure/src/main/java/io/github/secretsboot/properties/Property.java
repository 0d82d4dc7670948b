package io.github.secretsboot.properties;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

/**
 * A property of a secret.
 *
 * @param name its own name
 * @param snapshot the snapshot that holds its value
 */
public record Property(String name, MappedSnapshot snapshot) {

	/** Shorter values are in every text. */
	private static final int MIN_QUOTED_LENGTH = 3;

	/** Shorter lines are in texts that have nothing to do with the value. */
	private static final int MIN_QUOTED_LINE_LENGTH = 32;

	/**
	 * The value.
	 * @return a {@code String} or a {@code byte[]} that must not be changed
	 */
	public @Nullable Object value() {
		return this.snapshot.value(this.name);
	}

	/**
	 * The value as Spring is to be given it: with escaped placeholders, because a secret
	 * means what it says.
	 * @return a {@code String} or a {@code byte[]} that must not be changed
	 */
	public @Nullable Object environmentValue() {
		Object value = value();
		return (value instanceof String text) ? environmentValue(text) : value;
	}

	/**
	 * A text as Spring is to be given it.
	 * @param text what a secret says
	 * @return the text with escaped placeholders
	 */
	public static String environmentValue(String text) {
		return LiteralText.escape(text);
	}

	/**
	 * Whether the value has what Spring would take for a placeholder.
	 * @return {@code true} if it does
	 */
	public boolean hasPlaceholder() {
		String text = text();
		return !LiteralText.escape(text).equals(text);
	}

	String text() {
		return (value() instanceof byte[] bytes) ? new String(bytes, StandardCharsets.UTF_8) : String.valueOf(value());
	}

	/**
	 * Whether a text contains the value, as it is, escaped, or as Base64 if it is binary,
	 * or a long line of it. Values of one or two characters are not looked for.
	 */
	boolean isQuotedIn(String text) {
		if (value() instanceof byte[] bytes) {
			return bytes.length >= MIN_QUOTED_LENGTH && (text.contains(Base64.getEncoder().encodeToString(bytes))
					|| text.contains(new String(bytes, StandardCharsets.UTF_8)));
		}
		if (!(value() instanceof String value) || value.length() < MIN_QUOTED_LENGTH) {
			return false;
		}
		String escaped = LiteralText.escape(value);
		return text.contains(value) || (!escaped.equals(value) && text.contains(escaped))
				|| isLineQuotedIn(text, value);
	}

	private static boolean isLineQuotedIn(String text, String value) {
		return value.indexOf('\n') >= 0 && value.lines()
			.map(String::strip)
			.anyMatch((line) -> line.length() >= MIN_QUOTED_LINE_LENGTH && text.contains(line));
	}

	/**
	 * Whether the value contains a text, such as one element of a list. Texts of one or
	 * two characters are not looked for.
	 * @param text the text
	 * @return {@code true} if it does
	 */
	public boolean contains(String text) {
		return text.length() >= MIN_QUOTED_LENGTH && text().contains(text);
	}

}
