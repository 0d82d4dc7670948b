package io.github.secretsboot.expression;

import java.util.Set;

/**
 * A failed injection of a value that comes from a secret. Has neither the value nor a
 * cause that could quote it.
 */
public interface SecretInjectionFailure {

	/**
	 * The properties that the value was made of, as far as it can be told.
	 * @return the names
	 */
	Set<String> getPropertyNames();

	/**
	 * What is wrong.
	 * @return a part of a sentence
	 */
	String getReason();

}
