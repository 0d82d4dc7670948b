package io.github.secretsboot.consumers;

import java.util.List;

/**
 * Knows who holds values of secrets.
 */
@FunctionalInterface
public interface SecretConsumers {

	/**
	 * All consumers that are known at this moment.
	 * @return the consumers, by bean and member
	 */
	List<SecretConsumer> list();

	/**
	 * How many consumers a rotation has left behind: frozen ones that hold a value which
	 * is no longer in use and will do so until the application is started again. Cheap.
	 * @return the number
	 */
	default int outdated() {
		return 0;
	}

}
