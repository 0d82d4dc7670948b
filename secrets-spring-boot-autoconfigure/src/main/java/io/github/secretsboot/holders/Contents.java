package io.github.secretsboot.holders;

import org.jspecify.annotations.Nullable;

/**
 * Takes what an object is found to hold.
 */
interface Contents {

	/**
	 * The object holds another one.
	 * @param step the step to it
	 * @param value the other object
	 */
	void add(Step step, @Nullable Object value);

	/**
	 * Whether to go on with the elements of the object.
	 * @param elements how many have been added
	 */
	boolean hasRoomAfter(int elements);

	/**
	 * The object may hold something that cannot be read.
	 * @param type its class, or the superclass that keeps it to itself
	 */
	void addUnopened(Class<?> type);

}
