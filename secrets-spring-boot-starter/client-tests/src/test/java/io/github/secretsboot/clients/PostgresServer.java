package io.github.secretsboot.clients;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.opentest4j.TestAbortedException;

import static org.awaitility.Awaitility.await;

/**
 * A PostgreSQL server that lets its administrator in and asks everybody else for a
 * password.
 */
final class PostgresServer implements AutoCloseable {

	private static final String ACCESS = """
			host all postgres 127.0.0.1/32 trust
			host all all 127.0.0.1/32 scram-sha-256
			""";

	private final EmbeddedPostgres server;

	private volatile String passwordSet = "now()";

	private PostgresServer(EmbeddedPostgres server) {
		this.server = server;
	}

	/**
	 * Start a server.
	 * @throws TestAbortedException where none can be started
	 */
	static PostgresServer start() {
		try {
			return new PostgresServer(EmbeddedPostgres.builder()
				.setDataDirectoryCustomizer(PostgresServer::askForPasswords)
				.setServerConfig("max_connections", "200")
				.setServerConfig("fsync", "off")
				.setPGStartupWait(Duration.ofSeconds(60))
				.start());
		}
		catch (IOException | RuntimeException ex) {
			throw new TestAbortedException("PostgreSQL cannot be started here", ex);
		}
	}

	private static void askForPasswords(File dataDirectory) {
		try {
			Files.writeString(dataDirectory.toPath().resolve("pg_hba.conf"), ACCESS);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	int port() {
		return this.server.getPort();
	}

	void setPassword(String user, String password) {
		this.passwordSet = "'" + query("SELECT clock_timestamp()") + "'";
		query("DO $do$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '" + user + "') THEN CREATE ROLE "
				+ user + " LOGIN; END IF; END $do$; ALTER ROLE " + user + " PASSWORD '" + password
				+ "'; SELECT 'done'");
	}

	/**
	 * End the sessions that are older than the last password.
	 */
	void killFormerSessions() {
		query("SELECT count(pg_terminate_backend(pid)) " + formerSessions());
	}

	/**
	 * Wait until the client has closed them.
	 */
	void awaitEndOfFormerSessions() {
		await().until(() -> query("SELECT count(*) " + formerSessions()).equals("0"));
	}

	private String formerSessions() {
		return "FROM pg_stat_activity WHERE usename LIKE 'app%' AND backend_start < " + this.passwordSet;
	}

	int sessions(String user) {
		return Integer.parseInt(query("SELECT count(*) FROM pg_stat_activity WHERE usename = '" + user + "'"));
	}

	private String query(String sql) {
		try (Connection connection = DriverManager
			.getConnection("jdbc:postgresql://localhost:" + port() + "/postgres?user=postgres");
				Statement statement = connection.createStatement()) {
			boolean isResult = statement.execute(sql);
			while (!isResult) {
				isResult = statement.getMoreResults();
			}
			try (ResultSet result = statement.getResultSet()) {
				result.next();
				return result.getString(1);
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		try {
			this.server.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
