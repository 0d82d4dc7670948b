package io.github.secretsboot.holders;

/**
 * In which form a holder has a value. Forms that say more come first.
 */
public enum ValueForm {

	/** As it is, in text, characters or bytes. */
	WHOLE,

	/** Inside a longer text, such as a URL, a JAAS line or a header. */
	PART,

	/**
	 * Base64 of the value, alone or with something around it, as in basic authentication.
	 */
	BASE64,

	/** Percent-encoded, or with the escapes of JSON, XML or a properties file. */
	ESCAPED

}
