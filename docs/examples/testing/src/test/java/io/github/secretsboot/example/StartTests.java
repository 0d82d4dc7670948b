package io.github.secretsboot.example;

import io.github.secretsboot.FailureReason;
import io.github.secretsboot.SecretsLoadException;
import io.github.secretsboot.test.SecretsManagerServer;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class StartTests {

	@Test
	void whenSecretIsMissingThenDoesNotStart() {
		try (SecretsManagerServer server = SecretsManagerServer.start()) {
			assertThatExceptionOfType(SecretsLoadException.class)
				.isThrownBy(() -> SpringApplication.run(WebhookApplication.class, server.arguments()))
				.satisfies((ex) -> assertThat(ex.getFailures()).singleElement()
					.satisfies((failure) -> assertThat(failure.reason()).isEqualTo(FailureReason.NOT_FOUND)));
		}
	}

}
