package io.github.secretsboot;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The secrets of the application, for code that needs more than properties: several
 * values of the same version, the version itself, or a callback after a rotation. This is
 * a bean, and it is thread-safe.
 * <p>
 * Name a secret as in {@code secrets.sources}, either as it is written there
 * ({@code myapp/{env}/api-keys}) or expanded ({@code myapp/production/api-keys}).
 *
 * @since 0.1.0
 */
public interface Secrets {

	/**
	 * Return the version of a secret that is in use. All values of the returned snapshot
	 * belong to the same version. This method neither calls AWS nor blocks.
	 * @param secretName the secret
	 * @return the snapshot
	 * @throws IllegalArgumentException if the secret is not listed in
	 * {@code secrets.sources}
	 * @throws IllegalStateException if it is optional and missing
	 */
	SecretSnapshot get(String secretName);

	/**
	 * Return the version of a secret that is in use, if there is one. This method neither
	 * calls AWS nor blocks.
	 * @param secretName the secret
	 * @return the snapshot, or empty if the secret is optional and missing
	 * @throws IllegalArgumentException if the secret is not listed in
	 * {@code secrets.sources}
	 */
	Optional<SecretSnapshot> find(String secretName);

	/**
	 * Check all secrets now. Concurrent callers wait and share the result. The method
	 * returns once new values are visible everywhere and listeners have been called.
	 * <p>
	 * Listeners are called for each refresh in the order in which the refreshes took
	 * effect. A slow listener delays those after it, but this method waits for them no
	 * longer than {@code secrets.fetch.timeout}. If a listener itself refreshes, it is
	 * called with the outcome after it has returned.
	 * @return what changed, and what could not be refreshed
	 * @throws RefreshLimitException if refreshes were requested more often than
	 * {@code secrets.refresh.requests-per-hour} allows
	 */
	RefreshResult refresh();

	/**
	 * Check one secret now.
	 * @param secretName the secret
	 * @return what changed, and what could not be refreshed
	 * @throws IllegalArgumentException if the secret is not listed in
	 * {@code secrets.sources}
	 * @throws RefreshLimitException if refreshes were requested more often than
	 * {@code secrets.refresh.requests-per-hour} allows
	 * @see #refresh()
	 */
	RefreshResult refresh(String secretName);

	/**
	 * Report a rejected credential, for example after an HTTP 401 or a failed login to a
	 * broker. The secret is checked at once instead of at the next scheduled check. Any
	 * number of threads may report any number of times. Concurrent callers wait and share
	 * the result. Each check that finds nothing new delays the next one: from a quarter
	 * of a second to five seconds, and in the end to a minute.
	 * <p>
	 * This method blocks while the secret is checked, for at most
	 * {@code secrets.fetch.timeout} plus the time that validators take for a new version.
	 * It returns once new values are visible everywhere and listeners have been called.
	 * If it is too early for another check, it returns at once without calling AWS. Do
	 * not call it on threads that must not block, such as event loops.
	 * @param secretName the secret
	 * @return whether other values came into use, because of this report or within the
	 * ten seconds before it, so that another attempt makes sense
	 * @throws IllegalArgumentException if the secret is not listed in
	 * {@code secrets.sources}
	 */
	boolean reportAuthenticationFailure(String secretName);

	/**
	 * Report that a credential from the given snapshot was rejected. The secret is
	 * checked only if that snapshot is still in use.
	 * @param refused the snapshot with the rejected credential
	 * @return whether values other than the rejected ones are in use now, so that another
	 * attempt with {@link #get(String)} makes sense
	 * @throws IllegalArgumentException if the secret is not listed in
	 * {@code secrets.sources}
	 * @see #reportAuthenticationFailure(String)
	 */
	boolean reportAuthenticationFailure(SecretSnapshot refused);

	/**
	 * Call a listener with each new version of a secret whose properties differ from the
	 * previous version. It is called on the thread that refreshes. If it throws an
	 * exception, the exception is logged without its message, and other listeners are
	 * still called.
	 * @param secretName the secret
	 * @param listener the listener, which receives the new snapshot
	 * @return the subscription, which ends when it is closed
	 * @throws IllegalArgumentException if the secret is not listed in
	 * {@code secrets.sources}
	 */
	Subscription onRotation(String secretName, Consumer<SecretSnapshot> listener);

	/**
	 * Create an object that is built from a secret and rebuilt when the secret rotates,
	 * with a grace period of 30 seconds.
	 * @param <T> the type of the object
	 * @param secretName the secret
	 * @param factory builds the object
	 * @return the handle
	 * @see #rotating(String, Duration, Function)
	 */
	default <T> Rotating<T> rotating(String secretName, Function<SecretSnapshot, T> factory) {
		return rotating(secretName, Duration.ofSeconds(30), factory);
	}

	/**
	 * Create an object that is built from a secret and rebuilt when the secret rotates,
	 * such as a client that takes its key in the constructor. If the former object is
	 * {@link AutoCloseable}, it is closed after a grace period, so that calls under way
	 * can finish. If the factory throws an exception on a rotation, the former object
	 * stays in use, and the exception is logged without its message.
	 * @param <T> the type of the object
	 * @param secretName the secret
	 * @param gracePeriod how long the former object stays open
	 * @param factory the function that builds the object; it is called at once, and later
	 * on the thread that refreshes
	 * @return the handle; closing it stops the rebuilding and closes the object
	 * @throws IllegalArgumentException if the secret is not listed in
	 * {@code secrets.sources}
	 * @throws IllegalStateException if the factory throws an exception at once; it has no
	 * message of that exception, because the message may quote a value
	 */
	<T> Rotating<T> rotating(String secretName, Duration gracePeriod, Function<SecretSnapshot, T> factory);

	/**
	 * A listener's subscription.
	 */
	@FunctionalInterface
	interface Subscription extends AutoCloseable {

		@Override
		void close();

	}

}
