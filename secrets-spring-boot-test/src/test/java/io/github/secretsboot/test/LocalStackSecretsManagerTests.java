package io.github.secretsboot.test;

import java.net.URI;

import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.localstack.LocalStackContainer;

/**
 * The contract, kept by LocalStack: what we assert of ours is not only ours.
 */
@Testcontainers(disabledWithoutDocker = true)
class LocalStackSecretsManagerTests extends SecretsManagerContract {

	@Container
	static final LocalStackContainer localStack = new LocalStackContainer("localstack/localstack:4.14.0")
		.withServices("secretsmanager");

	@Override
	URI endpoint() {
		return localStack.getEndpoint();
	}

}
