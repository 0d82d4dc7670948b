package io.github.secretsboot.docs;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Content of a page that a test has made. Compared with the page, or written to it with
 * {@code -Dupdate-docs=true}.
 */
final class Recorded {

	private static final boolean UPDATE = Boolean.getBoolean("update-docs");

	private Recorded() {
	}

	/**
	 * The block after {@code <!-- comment -->}.
	 */
	static void block(String page, String comment, String content) {
		String text = content.endsWith("\n") ? content : content + "\n";
		if (UPDATE) {
			Pages.page(page).withBlockAfter(comment, text).write();
		}
		assertThat(Pages.page(page).blockAfter(comment).text()).as(hint(page, comment)).isEqualTo(text);
	}

	/**
	 * What is between {@code <!-- comment -->} and {@code <!-- end -->}.
	 */
	static void section(String page, String comment, String content) {
		if (UPDATE) {
			Pages.page(page).withSection(comment, content).write();
		}
		assertThat(Pages.page(page).section(comment)).as(hint(page, comment)).isEqualTo(content);
	}

	private static String hint(String page, String comment) {
		return "%s at <!-- %s -->; 'mvn verify -Dupdate-docs=true' writes it".formatted(page, comment);
	}

}
