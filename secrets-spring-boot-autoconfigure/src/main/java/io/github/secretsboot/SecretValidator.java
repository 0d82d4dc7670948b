package io.github.secretsboot;

/**
 * Checks a new version of a secret before the application uses it. After the start of the
 * application, a bean of this type sees every new version. If it rejects one, the
 * previous version stays in use. A rejected version is not tried again until there is a
 * newer one, or until the endpoint requests it.
 * <p>
 * A validator is called on the thread that refreshes, and never by two threads at once.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface SecretValidator {

	/**
	 * Validate a candidate. If this method returns, the candidate may be used.
	 * @param candidate the new version
	 * @throws RuntimeException to reject the candidate; neither the message nor the cause
	 * is logged or shown, because they may quote a value
	 */
	void validate(SecretSnapshot candidate);

}
