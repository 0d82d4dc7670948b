package io.github.secretsboot.threats;

import java.util.Map;

import io.github.secretsboot.env.TestApplication;
import io.github.secretsboot.test.SecretsManagerServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.actuate.context.properties.ConfigurationPropertiesReportEndpoint;
import org.springframework.boot.actuate.env.EnvironmentEndpoint;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What somebody can do who may change the configuration of an application, and what not.
 */
@ExtendWith(OutputCaptureExtension.class)
class ConfigurationWriterTests {

	private final SecretsManagerServer server = SecretsManagerServer.start();

	@BeforeEach
	void createSecret() {
		this.server.create("myapp/keys", Map.of("API_KEY", "canary-1"));
	}

	@AfterEach
	void close() {
		this.server.close();
		// Boot keeps the threshold of the last application as a system property
		System.clearProperty("CONSOLE_LOG_THRESHOLD");
	}

	@Test
	void whenEverythingIsToldToTalkThenNoValueIsShown(CapturedOutput output) {
		try (ConfigurableApplicationContext context = TestApplication.run(this.server, "--secrets.sources=myapp/keys",
				"--debug=true", "--logging.level.root=trace", "--logging.threshold.console=trace",
				"--spring.jmx.enabled=true", "--management.endpoints.jmx.exposure.include=*",
				"--management.endpoint.env.show-values=always", "--management.endpoint.configprops.show-values=always",
				"--spring.mail.subject=copy of ${api.key}", "--spring.mail.properties.copy=${api.key}")) {
			assertThat(output).contains(" TRACE ");
			JsonMapper json = new JsonMapper();
			EnvironmentEndpoint environment = context.getBean(EnvironmentEndpoint.class);
			assertThat(json.writeValueAsString(environment.environment(null)).contains("canary-")).isFalse();
			assertThat(json
				.writeValueAsString(
						context.getBean(ConfigurationPropertiesReportEndpoint.class).configurationProperties())
				.contains("canary-")).isFalse();
		}
	}

	@Test
	void whenConfigurationNamesAnotherEndpointThenThatIsAsked() {
		try (SecretsManagerServer other = SecretsManagerServer.start()) {
			other.create("myapp/keys", Map.of("API_KEY", "canary-other"));
			try (ConfigurableApplicationContext context = TestApplication.run(this.server,
					"--secrets.sources=myapp/keys", "--spring.cloud.aws.endpoint=" + other.endpoint(),
					"--spring.cloud.aws.secretsmanager.endpoint=" + other.endpoint())) {
				assertThat(context.getEnvironment().getProperty("api.key")).isEqualTo("canary-other");
			}
			assertThat(this.server.requests()).isEmpty();
		}
	}

	@Test
	void whenConfigurationSetsAPropertyOfASecretThenItWins() {
		try (ConfigurableApplicationContext context = TestApplication.run(this.server, "--secrets.sources=myapp/keys",
				"--api.key=mine")) {
			assertThat(context.getEnvironment().getProperty("api.key")).isEqualTo("mine");
		}
	}

}
