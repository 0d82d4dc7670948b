package io.github.secretsboot.holders;

/**
 * A piece of text whose presence tells that a value is there, or probably is.
 */
interface Fragment {

	/**
	 * The value that it tells of.
	 */
	SoughtValue value();

	/**
	 * The piece of text.
	 */
	String text();

	/**
	 * The form in which the value is there.
	 */
	ValueForm form();

	/**
	 * Whether the value is really there and does not stand there by chance.
	 * @param text a text that has the piece
	 * @param start where it begins
	 */
	boolean isGenuine(String text, int start);

}
