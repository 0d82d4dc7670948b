package io.github.secretsboot.starter.datasource;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.opentest4j.TestAbortedException;

/**
 * A PostgreSQL server that lets its administrator in and asks everybody else for a
 * password.
 */
final class PostgresDatabase implements TestDatabase {

	private static final String ACCESS = """
			host all postgres 127.0.0.1/32 trust
			host all all 127.0.0.1/32 scram-sha-256
			""";

	private final EmbeddedPostgres server;

	private final Path log;

	private PostgresDatabase(EmbeddedPostgres server, Path log) {
		this.server = server;
		this.log = log;
	}

	/**
	 * Start a server.
	 * @throws TestAbortedException where none can be started
	 */
	static PostgresDatabase start() {
		try {
			Path log = Files.createTempFile("postgres", ".log");
			EmbeddedPostgres server = EmbeddedPostgres.builder()
				.setDataDirectoryCustomizer(PostgresDatabase::askForPasswords)
				.setServerConfig("max_connections", "200")
				.setServerConfig("fsync", "off")
				.setServerConfig("log_connections", "on")
				.setOutputRedirector(Redirect.appendTo(log.toFile()))
				.setErrorRedirector(Redirect.appendTo(log.toFile()))
				.setPGStartupWait(Duration.ofSeconds(60))
				.start();
			return new PostgresDatabase(server, log);
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

	@Override
	public String url() {
		return "jdbc:postgresql://localhost:" + this.server.getPort() + "/postgres";
	}

	private String adminUrl() {
		return url() + "?user=postgres";
	}

	@Override
	public void setPassword(String user, String password) {
		String quoted = "'" + password.replace("'", "''") + "'";
		TestDatabase.execute(adminUrl(),
				"DO $do$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '" + user + "') THEN CREATE ROLE "
						+ user + " LOGIN; GRANT ALL ON SCHEMA public TO " + user + "; END IF; END $do$",
				"ALTER ROLE " + user + " PASSWORD " + quoted);
	}

	@Override
	public long refusedLogins() {
		return logged("password authentication failed for user");
	}

	/**
	 * How many logins of a user it has accepted since it was started.
	 */
	long acceptedLogins(String user) {
		return logged("connection authorized: user=" + user + " ");
	}

	private long logged(String text) {
		try (var lines = Files.lines(this.log)) {
			return lines.filter((line) -> line.contains(text)).count();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public long connections(String user) {
		return TestDatabase.query(adminUrl(), "SELECT count(*) FROM pg_stat_activity WHERE usename = '" + user + "'",
				1);
	}

	@Override
	public void close() {
		try {
			this.server.close();
			Files.deleteIfExists(this.log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
