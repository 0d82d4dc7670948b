package io.github.secretsboot.sample;

import java.time.Clock;

import io.github.secretsboot.Secrets;
import io.github.secretsboot.test.SecretsManagerServer;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LocalStackServices}, with another server that speaks the same protocol
 * in LocalStack's place.
 */
class LocalStackServicesTests {

	@Test
	void whenSecretIsMissingThenIsCreatedAndApplicationFollowsRotation() {
		try (SecretsManagerServer server = SecretsManagerServer.start();
				LocalStackServices services = LocalStackServices.connect(server.endpoint(), Clock.systemUTC());
				ConfigurableApplicationContext application = run(services)) {
			Checkout checkout = application.getBean(Checkout.class);
			assertThat(checkout.charge(100, "eur").key()).isEqualTo("sk_t…0001");
			String version = services.rotateKey();
			assertThat(server.currentVersionId(SampleServices.SECRET)).isEqualTo(version);
			assertThat(checkout.charge(100, "eur").key()).isEqualTo("sk_t…0001");
			application.getBean(Secrets.class).refresh();
			assertThat(checkout.charge(100, "eur").key()).isEqualTo("sk_t…0002");
		}
	}

	@Test
	void whenSecretIsThereAlreadyThenIsKept() {
		try (SecretsManagerServer server = SecretsManagerServer.start()) {
			server.create(SampleServices.SECRET, LocalServices.secret(41));
			try (LocalStackServices services = LocalStackServices.connect(server.endpoint(), Clock.systemUTC());
					ConfigurableApplicationContext application = run(services)) {
				services.rotateKey();
				application.getBean(Secrets.class).refresh();
				assertThat(application.getBean(Checkout.class).charge(100, "eur").key()).isEqualTo("sk_t…0042");
				assertThat(services.possible()).isEmpty();
			}
		}
	}

	private static ConfigurableApplicationContext run(LocalStackServices services) {
		return new SpringApplication(SampleApplication.class)
			.run(services.arguments("--server.port=0", "--secrets.refresh.enabled=false"));
	}

}
