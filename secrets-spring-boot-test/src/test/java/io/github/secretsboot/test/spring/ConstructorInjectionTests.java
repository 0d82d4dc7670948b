package io.github.secretsboot.test.spring;

import io.github.secretsboot.test.SecretsManagerServer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.TestInstance;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.core.env.Environment;
import org.springframework.test.annotation.DirtiesContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Contexts that are loaded as early as possible, and again for each test.
 */
@SpringBootTest(classes = WithSecretsManagerTests.App.class)
@WithSecretsManager(region = "eu-north-1")
@DirtiesContext(classMode = DirtiesContext.ClassMode.AFTER_EACH_TEST_METHOD)
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
class ConstructorInjectionTests {

	private final SecretsManagerServer server;

	private final Environment environment;

	@Autowired
	ConstructorInjectionTests(SecretsManagerServer server, Environment environment) {
		this.server = server;
		this.environment = environment;
	}

	@BeforeAll
	static void whenBeforeAllThenServerIsUp(SecretsManagerServer server, @Autowired Environment environment) {
		assertThat(environment.getProperty("endpoint-seen")).isEqualTo(server.endpoint().toString());
	}

	@RepeatedTest(2)
	void whenInjectedIntoConstructorThenServerIsUp(SecretsManagerServer server) {
		assertThat(this.environment.getProperty("endpoint-seen")).isEqualTo(this.server.endpoint().toString());
		assertThat(server).isSameAs(this.server);
	}

}
