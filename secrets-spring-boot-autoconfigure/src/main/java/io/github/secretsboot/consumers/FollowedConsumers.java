package io.github.secretsboot.consumers;

import java.util.List;

/**
 * Keeps beans current in a way of its own, such as a connection pool that must get user
 * name and password at once. Nobody else binds these beans again.
 */
@FunctionalInterface
public interface FollowedConsumers {

	/**
	 * What is kept current at this moment.
	 * @return the consumers, all of them live
	 */
	List<SecretConsumer> consumers();

}
