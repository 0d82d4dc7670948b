package io.github.secretsboot.test;

/**
 * Matches texts with patterns in which {@code *} is any number of characters and
 * {@code ?} is one.
 */
final class Wildcards {

	private Wildcards() {
	}

	static boolean match(String pattern, String text) {
		int position = 0;
		int star = -1;
		int starredFrom = 0;
		int index = 0;
		while (index < text.length()) {
			if (position < pattern.length() && pattern.charAt(position) == '*') {
				star = position++;
				starredFrom = index;
			}
			else if (position < pattern.length()
					&& (pattern.charAt(position) == '?' || pattern.charAt(position) == text.charAt(index))) {
				position++;
				index++;
			}
			else if (star >= 0) {
				position = star + 1;
				index = ++starredFrom;
			}
			else {
				return false;
			}
		}
		return pattern.substring(position).chars().allMatch((character) -> character == '*');
	}

	/**
	 * Match ARNs part by part, so that a star never reaches into the next part.
	 */
	static boolean matchArn(String pattern, String arn) {
		String[] patterns = pattern.split(":", 6);
		String[] parts = arn.split(":", 6);
		if (patterns.length != parts.length) {
			return pattern.equals("*");
		}
		for (int i = 0; i < parts.length; i++) {
			if (!match(patterns[i], parts[i])) {
				return false;
			}
		}
		return true;
	}

}
