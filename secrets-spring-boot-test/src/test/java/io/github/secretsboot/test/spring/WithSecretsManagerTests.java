package io.github.secretsboot.test.spring;

import io.github.secretsboot.test.SecretsManagerServer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(properties = "spring.cloud.aws.credentials.access-key=mine")
@WithSecretsManager(region = "eu-west-1", secrets = @Secret(name = "secret", value = "canary-1"))
class WithSecretsManagerTests {

	@Autowired
	private SecretsManagerServer server;

	@Autowired
	private Environment environment;

	@Test
	void whenEnvironmentIsPostProcessedThenServerIsUp() {
		assertThat(this.environment.getProperty("endpoint-seen")).isEqualTo(this.server.endpoint().toString());
	}

	@Test
	void whenAnnotatedThenServerIsAsAsked() {
		assertThat(this.server.region()).isEqualTo("eu-west-1");
		assertThat(this.server.arn("secret")).contains("eu-west-1");
		assertThat(this.environment.getProperty("spring.cloud.aws.region.static")).isEqualTo("eu-west-1");
	}

	@Test
	void whenInlinedPropertyThenItWins() {
		assertThat(this.environment.getProperty("spring.cloud.aws.credentials.access-key")).isEqualTo("mine");
	}

	@Test
	void whenParameterThenServerOfContext(SecretsManagerServer server, @Autowired SecretsManagerServer bean) {
		assertThat(server).isSameAs(this.server).isSameAs(bean);
	}

	@RepeatedTest(2)
	void whenNextTestThenFaultsAreReset() {
		assertThat(this.server.toString()).contains("faults=0");
		this.server.deny("secret");
	}

	@Test
	void whenTestRunsAnApplicationItselfThenItHasNoServer() {
		try (ConfigurableApplicationContext context = new SpringApplication(App.class).run()) {
			assertThat(context.getEnvironment().getProperty("endpoint-seen")).isEqualTo("none");
			assertThat(context.getBeanNamesForType(SecretsManagerServer.class)).isEmpty();
		}
	}

	@Test
	void whenArgumentsThenApplicationSeesThem() {
		try (ConfigurableApplicationContext context = SpringApplication.run(App.class, this.server.arguments())) {
			assertThat(context.getEnvironment().getProperty("endpoint-seen"))
				.isEqualTo(this.server.endpoint().toString());
		}
	}

	@Nested
	class InheritingTests {

		@Test
		void whenNestedThenServerIsThatOfEnclosingClass(SecretsManagerServer nested) {
			assertThat(nested).isSameAs(WithSecretsManagerTests.this.server);
		}

	}

	@Nested
	@WithSecretsManager(region = "eu-west-2")
	class OverridingTests {

		@Test
		void whenNestedWithOwnAnnotationThenOwnServer(SecretsManagerServer nested, @Autowired Environment environment) {
			assertThat(nested.region()).isEqualTo("eu-west-2");
			assertThat(environment.getProperty("endpoint-seen")).isEqualTo(nested.endpoint().toString());
		}

	}

	@SpringBootConfiguration
	static class App {

	}

}
