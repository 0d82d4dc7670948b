package io.github.secretsboot.sample;

import java.io.UncheckedIOException;

import io.github.secretsboot.Secrets;
import io.github.secretsboot.test.SecretsManagerServer;
import org.junit.jupiter.api.Test;
import org.testcontainers.DockerClientFactory;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Tests for {@link SampleServicesEnvironmentPostProcessor}.
 */
class SampleServicesEnvironmentPostProcessorTests {

	@Test
	void whenInJvmIsAskedForThenServicesEndWithTheApplication() {
		LocalServices services;
		try (ConfigurableApplicationContext application = run("in-jvm")) {
			services = application.getBean(LocalServices.class);
			followsRotation(application);
			assertThat(services.secretsManager().calls()).isPositive();
		}
		try (SecretsManagerServer next = SecretsManagerServer.builder()
			.port(services.secretsManager().endpoint().getPort())
			.start()) {
			assertThat(next.endpoint()).isEqualTo(services.secretsManager().endpoint());
		}
	}

	@Test
	void whenLocalStackIsAskedForThenStartsContainer() {
		assumeTrue(DockerClientFactory.instance().isDockerAvailable(), "Docker does not run");
		try (ConfigurableApplicationContext application = run("localstack")) {
			followsRotation(application);
		}
	}

	/**
	 * With another server that speaks the same protocol in the container's place.
	 */
	@Test
	void whenComposeIsAskedForThenUsesTheContainersPort() {
		try (SecretsManagerServer server = startOnComposePort();
				ConfigurableApplicationContext application = run("compose")) {
			followsRotation(application);
			assertThat(server.calls()).isPositive();
		}
	}

	private static SecretsManagerServer startOnComposePort() {
		try {
			return SecretsManagerServer.builder().port(4566).start();
		}
		catch (UncheckedIOException ex) {
			return abort("port 4566 is taken");
		}
	}

	@Test
	void whenServicesAreUnknownThenSaysWhichAreKnown() {
		assertThatIllegalArgumentException().isThrownBy(() -> run("moon"))
			.withMessage("sample.services is 'moon', but must be 'in-jvm', 'localstack' or 'compose'");
	}

	private static ConfigurableApplicationContext run(String services) {
		return TestSampleApplication.run("--sample.services=" + services, "--server.port=0",
				"--sample.secrets-manager.port=0", "--secrets.refresh.enabled=false");
	}

	private static void followsRotation(ConfigurableApplicationContext application) {
		Checkout checkout = application.getBean(Checkout.class);
		String before = checkout.charge(100, "eur").key();
		application.getBean(SampleServices.class).rotateKey();
		application.getBean(Secrets.class).refresh();
		assertThat(checkout.charge(100, "eur").key()).isNotEqualTo(before);
	}

}
