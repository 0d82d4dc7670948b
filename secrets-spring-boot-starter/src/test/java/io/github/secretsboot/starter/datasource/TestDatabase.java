package io.github.secretsboot.starter.datasource;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A real database that checks passwords, and its administrator. Started by the test,
 * without Docker.
 */
interface TestDatabase extends AutoCloseable {

	/**
	 * Where the application finds it.
	 */
	String url();

	/**
	 * Create a user, or give one that exists another password.
	 */
	void setPassword(String user, String password);

	/**
	 * How many logins it has refused since it was started.
	 */
	long refusedLogins();

	/**
	 * How many connections a user has.
	 */
	long connections(String user);

	@Override
	void close();

	static void execute(String url, String... statements) {
		try (Connection connection = DriverManager.getConnection(url);
				Statement statement = connection.createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static long query(String url, String sql, int column) {
		try (Connection connection = DriverManager.getConnection(url);
				Statement statement = connection.createStatement();
				ResultSet result = statement.executeQuery(sql)) {
			result.next();
			return result.getLong(column);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
