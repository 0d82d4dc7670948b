package io.github.secretsboot.datasource;

/**
 * A user name and a password that belong together.
 *
 * @param username the user name
 * @param password the password
 */
record DatabaseCredentials(String username, String password) {

	/**
	 * Says that there are credentials, and nothing about them.
	 */
	@Override
	public String toString() {
		return "DatabaseCredentials[2 values]";
	}

}
