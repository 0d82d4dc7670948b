package io.github.secretsboot.mapping;

/**
 * How the text of a secret is read.
 */
public enum SecretFormat {

	/** A JSON object where the text begins like one, else plain text. */
	AUTO,

	/** A JSON object, and nothing else. */
	JSON,

	/** Plain text, whatever it looks like. */
	TEXT

}
