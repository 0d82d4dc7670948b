package io.github.secretsboot.follow;

/**
 * Something that a server may refuse, such as a login.
 *
 * @param <T> what the server wants to see
 * @param <R> what comes of it
 * @param <E> how it fails
 */
@FunctionalInterface
public interface Attempt<T, R, E extends Exception> {

	/**
	 * Try.
	 * @param value what to show the server
	 * @return the result
	 * @throws E if the server cannot be reached or refuses
	 */
	R with(T value) throws E;

}
