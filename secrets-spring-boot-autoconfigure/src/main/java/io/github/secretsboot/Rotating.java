package io.github.secretsboot;

/**
 * Holder of an object that is built from a secret and replaced when the secret rotates.
 * Call {@link #get()} for each use instead of keeping the object.
 *
 * @param <T> the type of the object
 * @since 0.1.0
 * @see Secrets#rotating(String, java.util.function.Function)
 */
public interface Rotating<T> extends AutoCloseable {

	/**
	 * Return the object for the version in use. This method does not block, and any
	 * thread may call it.
	 * @return the object
	 */
	T get();

	/**
	 * Stop the rebuilding, and close the object in use if it is {@link AutoCloseable}.
	 */
	@Override
	void close();

}
