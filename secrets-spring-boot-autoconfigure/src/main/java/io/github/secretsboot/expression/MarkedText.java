package io.github.secretsboot.expression;

import java.util.BitSet;
import java.util.Set;

import io.github.secretsboot.properties.LiteralText;

/**
 * A text with marks in the place of values of secrets: everything else in it is the
 * application's.
 *
 * @param text the text
 * @param marks what the marks in it stand for
 */
record MarkedText(String text, Marks marks) {

	boolean hasMarks() {
		return Marks.isIn(this.text);
	}

	/** The text itself, with the values in it. */
	String value() {
		return this.marks.replaceIn(this.text);
	}

	/**
	 * The same, but for an escape character before each placeholder that begins with a
	 * value.
	 */
	String escapedValue() {
		BitSet secret = secret();
		return LiteralText.escape(value(), (start) -> secret.get(start) || secret.get(start + 1));
	}

	/**
	 * Whether another text is the same, and the same characters of it come from secrets.
	 */
	boolean isLike(MarkedText other) {
		return value().equals(other.value()) && secret().equals(other.secret());
	}

	/** Which characters of the value come from secrets. */
	private BitSet secret() {
		StringBuilder value = new StringBuilder();
		BitSet secret = new BitSet();
		this.marks.split(this.text, (part, marked) -> {
			secret.set(value.length(), value.length() + part.length(), marked);
			value.append(part);
		});
		return secret;
	}

	/**
	 * The text with marks also for what could begin a placeholder.
	 */
	String withoutPlaceholders() {
		return this.text.replace("$", this.marks.mark("$", Set.of()));
	}

	/** The properties that values in it come from. */
	Set<String> propertyNames() {
		return this.marks.namesIn(this.text);
	}

}
