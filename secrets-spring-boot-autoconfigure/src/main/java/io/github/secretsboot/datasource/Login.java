package io.github.secretsboot.datasource;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Opens a connection to a database.
 */
@FunctionalInterface
interface Login {

	/**
	 * Log in.
	 * @param credentials as whom
	 * @return the connection
	 * @throws SQLException if the database cannot be reached or refuses
	 */
	Connection with(DatabaseCredentials credentials) throws SQLException;

}
