package io.github.secretsboot.diagnostics;

import java.util.Set;

/**
 * A failed injection of a value that comes from a secret. Has neither the value nor a
 * cause that could quote it.
 */
interface SecretInjectionFailure {

	/** The properties that the value was made of, as far as it can be told. */
	Set<String> getPropertyNames();

	/** What is wrong. */
	String getReason();

}
