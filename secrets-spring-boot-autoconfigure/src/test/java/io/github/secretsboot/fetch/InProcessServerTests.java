package io.github.secretsboot.fetch;

import java.net.URI;

import io.github.secretsboot.test.SecretsManagerServer;
import org.junit.jupiter.api.AfterEach;

/**
 * Runs against our own server.
 */
class InProcessServerTests extends AbstractSecretsManagerTests {

	private final SecretsManagerServer server = SecretsManagerServer.start();

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	@Override
	URI endpoint() {
		return this.server.endpoint();
	}

}
