package io.github.secretsboot.clients;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * Uses a real PostgreSQL.
 */
abstract class AbstractPostgresTests extends AbstractClientTests {

	static PostgresServer server;

	AbstractPostgresTests() {
		super(new Gateway("password authentication failed").to(server.port()));
	}

	@BeforeAll
	static void start() {
		server = PostgresServer.start();
	}

	@AfterAll
	static void stop() {
		if (server != null) {
			server.close();
		}
	}

	@Override
	void setPassword(String username, String password) {
		server.setPassword(username, password);
	}

}
