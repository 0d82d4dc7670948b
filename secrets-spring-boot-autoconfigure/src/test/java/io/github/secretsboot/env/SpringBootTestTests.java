package io.github.secretsboot.env;

import io.github.secretsboot.Secrets;
import io.github.secretsboot.test.SecretsManagerServer;
import io.github.secretsboot.test.spring.Secret;
import io.github.secretsboot.test.spring.WithSecretsManager;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests secrets in a {@link SpringBootTest}, and that its properties win over them.
 */
@WithSecretsManager(secrets = { @Secret(name = "myapp/token", value = "canary-text"),
		@Secret(name = "myapp/overridden", value = "canary-overridden") })
@SpringBootTest(classes = TestApplication.class,
		properties = { "secrets.sources=myapp/token,myapp/overridden", "overridden=from-the-test" })
class SpringBootTestTests {

	@Value("${token}")
	private String token;

	@Value("name-${token}")
	private String secretName;

	@Test
	void whenTestHasSecretsThenTheyAreInjectedAndItsPropertiesWin(@Autowired Environment environment) {
		assertThat(this.token).isEqualTo("canary-text");
		assertThat(environment.getProperty("overridden")).isEqualTo("from-the-test");
	}

	@Test
	void whenSecretRotatesThenFieldsOfTheTestFollow(@Autowired Secrets secrets,
			@Autowired SecretsManagerServer server) {
		rotate("canary-rotated", secrets, server);
		assertThat(this.token).isEqualTo("canary-rotated");
		assertThat(this.secretName).isEqualTo("name-canary-rotated");
		rotate("canary-text", secrets, server);
		assertThat(this.token).isEqualTo("canary-text");
	}

	private static void rotate(String value, Secrets secrets, SecretsManagerServer server) {
		server.rotate("myapp/token", value);
		assertThat(secrets.refresh().changes()).hasSize(1);
	}

	@Nested
	class Inner {

		@Value("${token}")
		private String inner;

		@Test
		void whenSecretRotatesThenFieldsOfBothInstancesFollow(@Autowired Secrets secrets,
				@Autowired SecretsManagerServer server) {
			rotate("canary-rotated", secrets, server);
			assertThat(this.inner).isEqualTo("canary-rotated");
			assertThat(SpringBootTestTests.this.token).isEqualTo("canary-rotated");
			rotate("canary-text", secrets, server);
			assertThat(this.inner).isEqualTo("canary-text");
		}

	}

}
