package io.github.secretsboot.mapping;

import org.jspecify.annotations.Nullable;

/**
 * What follows the two slashes of a URL.
 *
 * @param userInfo what is before the last {@code @} that precedes the host, or
 * {@code null}
 * @param host the host or hosts, with their ports
 * @param rest what follows the host
 */
record UrlParts(@Nullable String userInfo, String host, String rest) {

	/**
	 * Take a text apart.
	 * @param text the text
	 * @param ends the characters that end the host
	 * @return its parts
	 */
	static UrlParts of(String text, String ends) {
		int end = 0;
		while (end < text.length() && ends.indexOf(text.charAt(end)) < 0) {
			end++;
		}
		String authority = text.substring(0, end);
		int at = authority.lastIndexOf('@');
		return new UrlParts((at >= 0) ? authority.substring(0, at) : null, authority.substring(at + 1),
				text.substring(end));
	}

	@Override
	public String toString() {
		return "UrlParts";
	}

}
