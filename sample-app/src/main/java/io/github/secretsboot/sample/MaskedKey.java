package io.github.secretsboot.sample;

/**
 * Makes a key recognizable without giving it away: eight characters of it, and none of a
 * key that is so short that eight would be a good part of it.
 */
final class MaskedKey {

	private static final int SHOWN_AT_EACH_END = 4;

	private static final int MIN_LENGTH = 24;

	private static final String MASK = "…";

	private MaskedKey() {
	}

	static String of(String key) {
		if (key.length() < MIN_LENGTH) {
			return MASK;
		}
		return key.substring(0, SHOWN_AT_EACH_END) + MASK + key.substring(key.length() - SHOWN_AT_EACH_END);
	}

}
