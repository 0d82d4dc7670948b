package io.github.secretsboot.follow;

import java.util.Optional;

/**
 * Has clients follow their secrets. A bean, for clients that ask for their credentials
 * whenever they connect; those that are told are followed by a bean of type
 * {@link Follower}. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public interface Followers {

	/**
	 * Begin to follow.
	 * @param <T> what the client needs
	 * @param name the name of the client in log messages and among the consumers, which
	 * for a bean is the bean's
	 * @param follower reads what the client needs and gives it to the client
	 * @return what the client may ask
	 * @throws IllegalStateException if the properties do not have what it needs
	 */
	<T> Followed<T> follow(String name, Follower<T> follower);

	/**
	 * Begin to follow, if what the client needs comes from a secret.
	 * @param <T> what the client needs
	 * @param name the name of the client
	 * @param follower reads what the client needs and gives it to the client
	 * @return what the client may ask, or nothing if no secret has a part in what it
	 * needs
	 */
	<T> Optional<Followed<T>> followIfSecret(String name, Follower<T> follower);

}
