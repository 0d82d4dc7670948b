package io.github.secretsboot.follow.jdbc;

import java.time.Duration;

import io.github.secretsboot.follow.Credentials;
import org.jspecify.annotations.Nullable;

/**
 * A connection pool that takes other credentials while it runs, or the configuration that
 * one will be made of.
 */
public interface Pool {

	/**
	 * The pool itself.
	 * @return the object that is the pool, or that it will be made of
	 */
	Object identity();

	/**
	 * The credentials that it was configured with.
	 * @return the credentials, or {@code null} if it has none or its own way to get them
	 */
	@Nullable Credentials credentials();

	/**
	 * Tell it the credentials in use.
	 * @param credentials the credentials
	 */
	void setCredentials(Credentials credentials);

	/**
	 * Its database.
	 * @return the database, or {@code null} if there is no way to log in to it
	 */
	@Nullable PoolTarget target();

	/**
	 * Why it cannot be made to open its connections with {@link RotatingLogins}.
	 * @return the reason, or {@code null} if it can
	 */
	@Nullable String obstacle();

	/**
	 * Have it open its connections in another way from now on.
	 * @param logins opens them
	 */
	void openWith(RotatingLogins logins);

	/**
	 * How long it may wait for a connection to be opened.
	 * @return the longest wait
	 */
	Duration patience();

	/**
	 * Whether it has been closed.
	 * @return {@code true} if nobody needs its connections any longer
	 */
	boolean isClosed();

	/**
	 * Have the connections that it has now closed: idle ones soon, the others when they
	 * come back. Also called by threads that are about to open one, and so must not wait
	 * for any other.
	 * @return {@code false} if it is not running yet
	 */
	boolean retireConnections();

	/**
	 * How long it may take to add a connection that it has opened.
	 * @return the duration, or {@code null} if it adds them at once
	 */
	default @Nullable Duration arrival() {
		return null;
	}

}
