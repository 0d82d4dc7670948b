package io.github.secretsboot;

/**
 * Looks at a new version of a secret before it is put to use. A bean of this type sees
 * every candidate after the start of the application. When one refuses, the version in
 * use stays, and the candidate is not tried again until there is another version or the
 * endpoint asks for it.
 * <p>
 * Called on the thread that refreshes, never by two threads at once.
 */
@FunctionalInterface
public interface SecretValidator {

	/**
	 * Validate a candidate. Returning means that it may be used.
	 * @param candidate the new version
	 * @throws RuntimeException to refuse it; neither its message nor its cause is logged
	 * or shown, since they may quote a value
	 */
	void validate(SecretSnapshot candidate);

}
