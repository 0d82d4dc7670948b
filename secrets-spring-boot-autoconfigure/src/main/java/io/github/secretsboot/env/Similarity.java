package io.github.secretsboot.env;

/**
 * How similar two words are: by how many letters that are added, left out or replaced.
 */
final class Similarity {

	private static final int MAX_DISTANCE = 3;

	private Similarity() {
	}

	/**
	 * Whether one word may be meant by another.
	 */
	static boolean isClose(String written, String meant) {
		return distance(written, meant) <= Math.min(MAX_DISTANCE, meant.length() / 2);
	}

	static int distance(String one, String other) {
		int[] row = new int[other.length() + 1];
		for (int j = 0; j <= other.length(); j++) {
			row[j] = j;
		}
		for (int i = 1; i <= one.length(); i++) {
			int diagonal = row[0];
			row[0] = i;
			for (int j = 1; j <= other.length(); j++) {
				int replaced = diagonal + ((one.charAt(i - 1) == other.charAt(j - 1)) ? 0 : 1);
				diagonal = row[j];
				row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
			}
		}
		return row[other.length()];
	}

}
