package io.github.secretsboot.follow;

import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;

/**
 * Where the credentials of a client come from.
 */
@FunctionalInterface
public interface CredentialsSource {

	/**
	 * Read the credentials.
	 * @param environment the properties in use, or those with a candidate
	 * @return the credentials, or {@code null} if the properties do not have all of them
	 */
	@Nullable Credentials read(Environment environment);

}
