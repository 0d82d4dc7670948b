package io.github.secretsboot.fetch;

import java.net.URI;

import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.localstack.LocalStackContainer;

/**
 * Runs against LocalStack, where there is Docker.
 */
@Testcontainers(disabledWithoutDocker = true)
class LocalStackTests extends AbstractSecretsManagerTests {

	/** The last image that runs without a token. */
	@Container
	private static final LocalStackContainer localStack = new LocalStackContainer("localstack/localstack:4.14.0")
		.withServices("secretsmanager");

	@Override
	URI endpoint() {
		return localStack.getEndpoint();
	}

}
