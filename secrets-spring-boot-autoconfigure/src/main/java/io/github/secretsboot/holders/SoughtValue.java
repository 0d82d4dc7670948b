package io.github.secretsboot.holders;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A value that a search knows. Never shown.
 *
 * @param text the value; bytes that are no text are the text of the same codes
 * @param bytes the value as bytes
 * @param properties the properties that have it and ask for its holders
 * @param isExplained whether it may stand somewhere for another reason, so that it tells
 * nothing about these properties
 * @param reach where it is looked for
 */
record SoughtValue(String text, byte[] bytes, Set<String> properties, boolean isExplained, Reach reach) {

	static SoughtValue of(String property, Object value) {
		return of(value, Set.of(property), false);
	}

	/**
	 * A value that explains why it, or a part of it, stands somewhere.
	 */
	static SoughtValue explanation(Object value) {
		return of(value, Set.of(), true);
	}

	private static SoughtValue of(Object value, Set<String> properties, boolean isExplained) {
		byte[] bytes = (value instanceof byte[] binary) ? binary
				: value.toString().strip().getBytes(StandardCharsets.UTF_8);
		String text = text(bytes);
		return new SoughtValue(text, bytes, properties, isExplained, Reach.of(text));
	}

	private static String text(byte[] bytes) {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
		}
		catch (CharacterCodingException ex) {
			return new String(bytes, StandardCharsets.ISO_8859_1);
		}
	}

	/**
	 * Add what else is known of the same value.
	 */
	SoughtValue and(SoughtValue other) {
		Set<String> all = new HashSet<>(this.properties);
		all.addAll(other.properties);
		return new SoughtValue(this.text, this.bytes, all, this.isExplained || other.isExplained, this.reach);
	}

	/**
	 * Whether a place that has this value is one that its properties ask for.
	 */
	boolean isSought() {
		return !this.isExplained && this.reach != Reach.NOWHERE;
	}

	/**
	 * The texts that show this value.
	 */
	List<Fragment> fragments() {
		if (this.reach == Reach.NOWHERE) {
			return List.of();
		}
		List<Fragment> fragments = new ArrayList<>(Base64Fragment.of(this));
		fragments.add(new PlainFragment(this, this.text));
		String utf8 = new String(this.bytes, StandardCharsets.ISO_8859_1);
		if (!utf8.equals(this.text)) {
			fragments.add(new PlainFragment(this, utf8));
		}
		return fragments;
	}

	@Override
	public String toString() {
		return "Value of " + this.properties;
	}

}
