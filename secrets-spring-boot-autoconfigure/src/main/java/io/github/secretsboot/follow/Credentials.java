package io.github.secretsboot.follow;

import org.jspecify.annotations.Nullable;

/**
 * A user name and a password that belong together.
 *
 * @param username the user name, or {@code null} where a password is all it takes
 * @param password the password
 */
public record Credentials(@Nullable String username, String password) {

	/**
	 * Says that there are credentials, and nothing about them.
	 */
	@Override
	public String toString() {
		return "Credentials[2 values]";
	}

}
