package io.github.secretsboot.holders;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The characters of Base64 that a value determines alone, whatever precedes and follows
 * it: {@code user:value} of unknown users, for example. Every three bytes are four
 * characters, so there are three of these pieces, one for each number of bytes before the
 * value in its group.
 */
record Base64Fragment(SoughtValue value, String text, int bytesBefore) implements Fragment {

	private static final int GROUP = 4;

	private static final int NONE = -1;

	static List<Base64Fragment> of(SoughtValue value) {
		List<Base64Fragment> fragments = new ArrayList<>();
		for (int before = 0; before < 3; before++) {
			byte[] bytes = new byte[before + value.bytes().length];
			System.arraycopy(value.bytes(), 0, bytes, before, value.bytes().length);
			String text = Base64.getEncoder()
				.encodeToString(bytes)
				.substring(firstCharacter(before), bytes.length * 8 / 6);
			fragments.add(new Base64Fragment(value, text, before));
			String forUrls = text.replace('+', '-').replace('/', '_');
			if (!forUrls.equals(text)) {
				fragments.add(new Base64Fragment(value, forUrls, before));
			}
		}
		return fragments;
	}

	private static int firstCharacter(int bytesBefore) {
		return (bytesBefore * 8 + 5) / 6;
	}

	@Override
	public ValueForm form() {
		return ValueForm.BASE64;
	}

	/**
	 * Decodes what is there, since the first and the last character belong to the
	 * neighbours, too.
	 */
	@Override
	public boolean isGenuine(String text, int start) {
		int group = start - firstCharacter(this.bytesBefore);
		byte[] bytes = this.value.bytes();
		for (int i = 0; i < bytes.length; i++) {
			if (byteAt(text, group, this.bytesBefore + i) != (bytes[i] & 0xff)) {
				return false;
			}
		}
		return this.value.reach() != Reach.WHOLE || isPassword(text, group);
	}

	/**
	 * Whether the value is all that is encoded, or all behind a colon.
	 */
	private boolean isPassword(String text, int group) {
		int before = (this.bytesBefore > 0) ? byteAt(text, group, this.bytesBefore - 1)
				: byteAt(text, group - GROUP, 2);
		int after = byteAt(text, group, this.bytesBefore + this.value.bytes().length);
		return (before == NONE || before == ':') && after == NONE;
	}

	private static int byteAt(String text, int group, int index) {
		int position = group + index * 8 / 6;
		int high = bitsAt(text, position);
		int low = bitsAt(text, position + 1);
		int shift = GROUP - index * 8 % 6;
		return (high != NONE && low != NONE) ? ((high << 6 | low) >> shift) & 0xff : NONE;
	}

	private static int bitsAt(String text, int position) {
		if (position < 0 || position >= text.length()) {
			return NONE;
		}
		char c = text.charAt(position);
		if (c >= 'A' && c <= 'Z') {
			return c - 'A';
		}
		if (c >= 'a' && c <= 'z') {
			return c - 'a' + 26;
		}
		if (c >= '0' && c <= '9') {
			return c - '0' + 52;
		}
		return switch (c) {
			case '+', '-' -> 62;
			case '/', '_' -> 63;
			default -> NONE;
		};
	}

	@Override
	public String toString() {
		return this.value.toString();
	}

}
