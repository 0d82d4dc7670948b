package io.github.secretsboot.follow;

import io.github.secretsboot.consumers.SecretConsumer.Connections;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;

/**
 * Hands new values to one client while it runs, such as a user name and a password. A
 * bean of this type is all that it takes for a client to follow the rotation of its
 * secrets; for a client that asks by itself, see {@link Followers}.
 * <p>
 * Only {@link #read} must be implemented. With {@link #isRefused}, a new version is tried
 * before it is used, and an {@link Followed#attempt attempt} that is refused is made
 * again around a rotation.
 *
 * @param <T> what the client needs: immutable, with {@code equals}, such as
 * {@link Credentials}
 * @since 0.1.0
 */
@FunctionalInterface
public interface Follower<T> {

	/**
	 * Read what the client needs. All that one call reads is of one state of the secrets.
	 * Called for the properties in use and for those that would be if a new version was
	 * put to use; by any thread.
	 * @param environment the properties
	 * @return what the client needs, or {@code null} if the properties no longer have all
	 * of it, in which case the client keeps what it has
	 */
	@Nullable T read(Environment environment);

	/**
	 * Give the client what it needs from now on: once at the beginning, then after each
	 * pass that changed it. Never called by two threads at once. When it throws, the
	 * failure is logged without its message, and the next pass tries again.
	 * @param value what was {@linkplain #read read}
	 */
	default void apply(T value) {
	}

	/**
	 * Try a new version on the server, without giving it to the client. What this throws
	 * rejects the version if the server {@linkplain #isRefused refused} it; a server that
	 * cannot be reached says nothing about it. Has five seconds.
	 * @param candidate what would be used
	 * @throws Exception if it does not work
	 */
	default void tryOut(T candidate) throws Exception {
	}

	/**
	 * Whether a server refused what it was shown, as opposed to not having been reached.
	 * @param failure the failure of a trial or an attempt
	 * @return {@code true} if other values may help
	 */
	default boolean isRefused(Exception failure) {
		return false;
	}

	/**
	 * What to call the followed part of the client among the consumers.
	 * @return the name of a member
	 */
	default String member() {
		return "credentials";
	}

	/**
	 * What becomes of the connections that were opened before a change.
	 * @return what the client does to them
	 */
	default Connections connections() {
		return Connections.KEPT;
	}

}
