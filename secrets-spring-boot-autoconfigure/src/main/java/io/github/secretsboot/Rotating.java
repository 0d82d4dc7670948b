package io.github.secretsboot;

/**
 * Holds an object that is built from a secret and replaced when the secret rotates. Ask
 * for the object for each use instead of keeping it.
 *
 * @param <T> the type of the object
 * @see Secrets#rotating(String, java.util.function.Function)
 */
public interface Rotating<T> extends AutoCloseable {

	/**
	 * The object of the version in use. Does not block; any thread may ask.
	 * @return the object
	 */
	T get();

	/**
	 * End the rebuilding and close the object in use, if it is {@link AutoCloseable}.
	 */
	@Override
	void close();

}
