package io.github.secretsboot.test;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

import static org.assertj.core.api.Assertions.assertThat;

@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SecretsManagerExtensionTests {

	@RegisterExtension
	static final SecretsManagerExtension secretsManager = new SecretsManagerExtension(
			(server) -> server.region("eu-west-1"));

	@BeforeAll
	static void createSecret(SecretsManagerServer server) {
		server.create("secret", "canary-1");
	}

	@BeforeEach
	void call(SecretsManagerServer server) {
		assertThat(server.calls()).isZero();
		try (SecretsManagerClient client = TestClients.client(server)) {
			assertThat(client.getSecretValue((request) -> request.secretId("secret"))).isNotNull();
		}
	}

	@Test
	@Order(1)
	void whenParameterThenServerOfExtension(SecretsManagerServer server) {
		assertThat(server).isSameAs(secretsManager.server());
		assertThat(server.region()).isEqualTo("eu-west-1");
		server.deny("secret");
	}

	@Test
	@Order(2)
	void whenNextTestThenFaultsAndCallsAreReset(SecretsManagerServer server) {
		assertThat(server.calls()).isOne();
	}

	@Nested
	class NestedTests {

		@Test
		void whenNestedThenServerIsShared(SecretsManagerServer server) {
			assertThat(server).isSameAs(secretsManager.server());
			assertThat(server.arn("secret")).isNotNull();
		}

	}

}
