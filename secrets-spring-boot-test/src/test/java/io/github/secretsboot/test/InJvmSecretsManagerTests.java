package io.github.secretsboot.test;

import java.net.URI;

import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The contract, kept by {@link SecretsManagerServer}.
 */
class InJvmSecretsManagerTests extends SecretsManagerContract {

	@RegisterExtension
	static final SecretsManagerExtension secretsManager = new SecretsManagerExtension();

	@Override
	URI endpoint() {
		return secretsManager.server().endpoint();
	}

}
