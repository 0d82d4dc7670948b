package io.github.secretsboot.consumers;

import java.util.List;

/**
 * Knows who is given values of secrets.
 */
@FunctionalInterface
public interface SecretConsumers {

	/**
	 * All consumers that are known at this moment.
	 * @return the consumers, by bean and member
	 */
	List<SecretConsumer> list();

	/**
	 * The consumers that a rotation has left behind: frozen ones that hold a value which
	 * is no longer in use and will do so until the application is started again. Cheap.
	 * @return the consumers, all of them outdated
	 */
	default List<SecretConsumer> outdated() {
		return List.of();
	}

}
