package io.github.secretsboot.follow.dbcp2;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.Set;
import java.util.logging.Logger;

import io.github.secretsboot.follow.jdbc.RotatingLogins;

/**
 * What a pool opens its connections with: logs in as the credentials in use say, and not
 * as the pool remembers.
 *
 * @param logins the logins
 * @param properties what the pool has to tell its own driver, without credentials
 */
record RotatingDriver(RotatingLogins logins, Properties properties) implements Driver {

	private static final Set<String> CREDENTIALS = Set.of("user", "password");

	/** The properties may have other secrets than the credentials. */
	@Override
	public String toString() {
		return "RotatingDriver";
	}

	@Override
	public Connection connect(String url, Properties info) throws SQLException {
		info.stringPropertyNames()
			.stream()
			.filter((name) -> !CREDENTIALS.contains(name))
			.forEach((name) -> this.properties.setProperty(name, info.getProperty(name)));
		return this.logins.getConnection();
	}

	@Override
	public boolean acceptsURL(String url) {
		return true;
	}

	@Override
	public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
		return new DriverPropertyInfo[0];
	}

	@Override
	public int getMajorVersion() {
		return 1;
	}

	@Override
	public int getMinorVersion() {
		return 0;
	}

	@Override
	public boolean jdbcCompliant() {
		return false;
	}

	@Override
	public Logger getParentLogger() throws SQLFeatureNotSupportedException {
		return this.logins.getParentLogger();
	}

}
