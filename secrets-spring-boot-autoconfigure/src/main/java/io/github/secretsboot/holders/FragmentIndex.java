package io.github.secretsboot.holders;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ObjIntConsumer;

/**
 * Finds all of many pieces in a text, in one go: rolls a hash of the last characters over
 * the text, and compares where the hash is that of the end of a piece. The time depends
 * on the length of the text and hardly on the number of pieces.
 */
final class FragmentIndex {

	/** The characters that are hashed; no piece is shorter. */
	static final int WINDOW = 6;

	private static final int FACTOR = 0x01000193;

	private static final int FACTOR_OF_LEAVING = factorOfLeaving();

	private static final int SPREAD = 0x9E3779B9;

	private static final int BITS_PER_FRAGMENT = 32;

	private final Map<Integer, List<Fragment>> byEnd = new HashMap<>();

	/** A bit for each hash that may be in the map: mostly there is none. */
	private final long[] ends;

	private final int shift;

	FragmentIndex(Collection<Fragment> fragments) {
		int bits = Math.max(6, 32 - Integer.numberOfLeadingZeros(fragments.size() * BITS_PER_FRAGMENT));
		this.shift = 32 - bits;
		this.ends = new long[1 << (bits - 6)];
		fragments.forEach(this::add);
	}

	private void add(Fragment fragment) {
		int hash = 0;
		for (int i = fragment.text().length() - WINDOW; i < fragment.text().length(); i++) {
			hash = hash * FACTOR + fragment.text().charAt(i);
		}
		this.byEnd.computeIfAbsent(hash, (key) -> new ArrayList<>(1)).add(fragment);
		int bit = (hash * SPREAD) >>> this.shift;
		this.ends[bit >>> 6] |= 1L << bit;
	}

	/**
	 * Find the pieces in a text.
	 * @param text the text
	 * @param found takes each piece and where it begins, in the order of their ends
	 */
	void search(String text, ObjIntConsumer<Fragment> found) {
		int hash = 0;
		for (int i = 0; i < text.length(); i++) {
			hash = hash * FACTOR + text.charAt(i);
			if (i >= WINDOW) {
				hash -= text.charAt(i - WINDOW) * FACTOR_OF_LEAVING;
			}
			int bit = (hash * SPREAD) >>> this.shift;
			if ((this.ends[bit >>> 6] & (1L << bit)) != 0) {
				compare(text, i + 1, hash, found);
			}
		}
	}

	private void compare(String text, int end, int hash, ObjIntConsumer<Fragment> found) {
		for (Fragment fragment : this.byEnd.getOrDefault(hash, List.of())) {
			int start = end - fragment.text().length();
			if (text.startsWith(fragment.text(), start)) {
				found.accept(fragment, start);
			}
		}
	}

	private static int factorOfLeaving() {
		int factor = 1;
		for (int i = 0; i < WINDOW; i++) {
			factor *= FACTOR;
		}
		return factor;
	}

}
