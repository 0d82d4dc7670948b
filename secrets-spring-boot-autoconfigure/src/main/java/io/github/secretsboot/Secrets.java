package io.github.secretsboot;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The secrets of the application, for code that wants more than properties: several
 * values of the same version, the version itself, or to be told about a rotation. A bean;
 * safe for use by many threads.
 * <p>
 * A secret is named as in {@code secrets.sources}, either as it is written there
 * ({@code myapp/{env}/api-keys}) or expanded ({@code myapp/production/api-keys}).
 */
public interface Secrets {

	/**
	 * The version of a secret that is in use. Everything read from the returned snapshot
	 * belongs together. Calls nobody and does not block.
	 * @param secretName the secret
	 * @return the snapshot
	 * @throws IllegalArgumentException if the secret is not listed in
	 * {@code secrets.sources}
	 * @throws IllegalStateException if it is optional and missing
	 */
	SecretSnapshot get(String secretName);

	/**
	 * The version of a secret that is in use, if there is one. Calls nobody and does not
	 * block.
	 * @param secretName the secret
	 * @return the snapshot, or empty if the secret is optional and missing
	 * @throws IllegalArgumentException if the secret is not listed in
	 * {@code secrets.sources}
	 */
	Optional<SecretSnapshot> find(String secretName);

	/**
	 * Check all secrets now. If a check is already under way its result is shared.
	 * Returns when new values can be seen everywhere and listeners have been told.
	 * Listeners are told of refreshes in the order in which these took effect, so that a
	 * slow one may delay those after it: they are waited for no longer than
	 * {@code secrets.fetch.timeout}. A listener that refreshes is told of the outcome
	 * after it has returned.
	 * @return what changed, and what could not be refreshed
	 * @throws RefreshLimitException if that has been asked for more often than
	 * {@code secrets.refresh.requests-per-hour} allows
	 */
	RefreshResult refresh();

	/**
	 * Check one secret now.
	 * @param secretName the secret
	 * @return what changed, and what could not be refreshed
	 * @throws IllegalArgumentException if the secret is not listed in
	 * {@code secrets.sources}
	 * @throws RefreshLimitException if that has been asked for more often than
	 * {@code secrets.refresh.requests-per-hour} allows
	 * @see #refresh()
	 */
	RefreshResult refresh(String secretName);

	/**
	 * Tell that somebody was refused with the values of a secret: an HTTP 401, a failed
	 * log-in to a broker. The secret is checked at once instead of at the next scheduled
	 * check. Any number of threads may report any number of times: those who report while
	 * a check is under way share it, and each check that brings nothing puts off the next
	 * one, from a quarter of a second to five seconds and in the end to a minute.
	 * <p>
	 * Blocks while the secret is checked, for at most {@code secrets.fetch.timeout} and
	 * what validators of a new version take, and returns when new values can be seen
	 * everywhere and listeners have been told; calls nobody and returns at once if it is
	 * too early for another check. Not for threads that must not block, such as event
	 * loops.
	 * @param secretName the secret
	 * @return whether other values came into use, because of this report or within the
	 * ten seconds before it, so that it is worth trying once more
	 * @throws IllegalArgumentException if the secret is not listed in
	 * {@code secrets.sources}
	 */
	boolean reportAuthenticationFailure(String secretName);

	/**
	 * Tell that somebody was refused with the values of a certain snapshot. The secret is
	 * only checked if that snapshot is still in use.
	 * @param refused the snapshot that was used
	 * @return whether other values than the refused ones are in use now, so that it is
	 * worth trying once more with {@link #get(String)}
	 * @throws IllegalArgumentException if the secret is not listed in
	 * {@code secrets.sources}
	 * @see #reportAuthenticationFailure(String)
	 */
	boolean reportAuthenticationFailure(SecretSnapshot refused);

	/**
	 * Have a listener told about each new version of a secret whose properties differ
	 * from those before. Called on the thread that refreshes; what it throws is logged
	 * without its message and keeps nobody else from being told.
	 * @param secretName the secret
	 * @param listener is given the new snapshot
	 * @return closing it ends the subscription
	 * @throws IllegalArgumentException if the secret is not listed in
	 * {@code secrets.sources}
	 */
	Subscription onRotation(String secretName, Consumer<SecretSnapshot> listener);

	/**
	 * An object that is built from a secret and built again when the secret rotates, with
	 * a grace period of 30 seconds.
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
	 * An object that is built from a secret, such as a client that takes its key in the
	 * constructor, and built again when the secret rotates. The former object is closed
	 * after a grace period, if it is {@link AutoCloseable}, so that calls under way can
	 * end. When the factory throws, the former object stays in use and the failure is
	 * logged without its message.
	 * @param <T> the type of the object
	 * @param secretName the secret
	 * @param gracePeriod how long the former object stays open
	 * @param factory builds the object; called at once, and later on the thread that
	 * refreshes
	 * @return the handle; closing it ends the rebuilding and closes the object
	 * @throws IllegalArgumentException if the secret is not listed in
	 * {@code secrets.sources}
	 * @throws IllegalStateException if the factory throws at once; without the message,
	 * which may quote a value
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
