package io.github.secretsboot.docs;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * A fenced block of a page.
 *
 * @param page the page's name
 * @param line the line of its first fence, counted from one
 * @param info what follows the first fence
 * @param text what is between the fences
 * @param source the file that it shows, which is compiled where it is, or {@code null}
 */
record Block(String page, int line, String info, String text, String source) {

	static final Set<String> LANGUAGES = Set.of("java", "kotlin", "groovy", "yaml", "json", "xml", "sh", "text");

	private static final Pattern COMMAND = Pattern.compile("(?s)(?:\\w+=\\S+ +)*(?:aws|curl|mvn|java|docker) .*");

	/**
	 * The language. A block that names none is a shell's if it begins like a command.
	 */
	String language() {
		if (this.info.isEmpty()) {
			return COMMAND.matcher(this.text).matches() ? "sh" : "text";
		}
		return this.info.equals("bash") ? "sh" : this.info;
	}

	String where() {
		return this.page + ":" + this.line;
	}

	@Override
	public String toString() {
		return where() + " " + language();
	}

}
