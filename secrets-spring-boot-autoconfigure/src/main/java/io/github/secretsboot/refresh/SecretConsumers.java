package io.github.secretsboot.refresh;

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

}
