package io.github.secretsboot.autoconfigure;

import io.github.secretsboot.env.SecretsThreads;
import io.github.secretsboot.env.TestApplication;
import io.github.secretsboot.refresh.SecretsEngine;
import io.github.secretsboot.test.SecretsManagerServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that every kind of application gets its secrets.
 */
class ApplicationTypesTests {

	private static final String SOURCE = "--secrets.sources=myapp/token";

	private final SecretsManagerServer server = SecretsManagerServer.start();

	@BeforeEach
	void createSecret() {
		this.server.create("myapp/token", "canary-text");
	}

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	@ParameterizedTest
	@EnumSource
	void whenApplicationIsOfATypeThenSecretsAreInjected(WebApplicationType type) {
		try (ConfigurableApplicationContext context = TestApplication.builder(Token.class)
			.web(type)
			.run(this.server.arguments(SOURCE, "--server.port=0"))) {
			assertThat(context.getBean(Token.class).token).isEqualTo("canary-text");
			assertThat(this.server.calls()).isEqualTo(1);
		}
	}

	@Test
	void whenInitializationIsLazyThenSecretsAreInjected() {
		SecretsThreads threads = new SecretsThreads();
		try (ConfigurableApplicationContext context = TestApplication.run(this.server, Token.class, SOURCE,
				"--spring.main.lazy-initialization=true")) {
			assertThat(context.getBean(Token.class).token).isEqualTo("canary-text");
		}
		threads.assertNoneWasAdded();
	}

	@Test
	void whenContextHasAParentThenSecretsAreLoadedOnce() {
		SpringApplicationBuilder parent = TestApplication.builder();
		try (ConfigurableApplicationContext context = parent.child(Token.class)
			.web(WebApplicationType.NONE)
			.run(this.server.arguments(SOURCE))) {
			assertThat(context.getBean(Token.class).token).isEqualTo("canary-text");
			assertThat(context.getParent()).isNotNull();
			assertThat(context.getParent().getEnvironment().getProperty("token")).isEqualTo("canary-text");
			assertThat(context.getBeansOfType(SecretsEngine.class)).hasSizeLessThanOrEqualTo(1);
			assertThat(this.server.calls()).isEqualTo(1);
			parent.context().close();
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Token {

		@Value("${token}")
		String token;

	}

}
