package io.github.secretsboot.refresh;

import java.util.Set;

/**
 * A place in the application that holds values of secrets.
 *
 * @param bean the name of the bean
 * @param member the field, method or parameter, or the class of the bean if all of it
 * holds values
 * @param properties the properties of secrets that it holds values of
 * @param mode whether a rotation reaches it
 */
public record SecretConsumer(String bean, String member, Set<String> properties, Mode mode) {

	/**
	 * Create a consumer with an unmodifiable copy of the properties.
	 */
	public SecretConsumer {
		properties = Set.copyOf(properties);
	}

	/**
	 * Whether a rotation reaches a consumer.
	 */
	public enum Mode {

		/** A rotation updates it. */
		LIVE,

		/** It keeps the old value until the application is started again. */
		FROZEN

	}

}
