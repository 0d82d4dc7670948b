package io.github.secretsboot.expression;

/**
 * Knows which part of a text comes from secrets: by having seen it made, or else by
 * searching it.
 */
final class TextOrigins {

	private final EmbeddedTexts embedded;

	private final DefinitionTexts definitions;

	private final SecretSearch search;

	TextOrigins(EmbeddedTexts embedded, DefinitionTexts definitions, SecretSearch search) {
		this.embedded = embedded;
		this.definitions = definitions;
		this.search = search;
	}

	MarkedText mark(String text) {
		MarkedText marked = this.embedded.find(text);
		if (marked == null) {
			marked = this.definitions.find(text);
		}
		return (marked != null) ? marked : this.search.mark(text);
	}

}
