package io.github.secretsboot.starter;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import io.github.secretsboot.test.SecretsManagerServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the configuration that {@code SECURITY.md} recommends.
 */
class SecurityConfigurationTests {

	private static SecretsManagerServer server;

	private static ConfigurableApplicationContext application;

	@BeforeAll
	static void start() {
		server = SecretsManagerServer.start();
		server.create("myapp/api-keys", Map.of("KEY", "canary-key"));
		application = new SpringApplication(Application.class).run(server.arguments("--server.port=0",
				"--secrets.sources=myapp/api-keys", "--management.endpoints.web.exposure.include=health,secrets,env"));
	}

	@AfterAll
	static void stop() {
		application.close();
		server.close();
	}

	@Test
	void whenAnonymousThenNeitherReadsNorRefreshes() {
		server.resetCalls();
		for (String path : new String[] { "/actuator/secrets", "/actuator/secrets/policy", "/actuator/env" }) {
			assertThat(status(HttpMethod.GET, path, null, false)).as(path).isEqualTo(401);
		}
		for (String path : new String[] { "/actuator/secrets", "/actuator/secrets/myapp/api-keys" }) {
			assertThat(status(HttpMethod.POST, path, null, false)).as(path).isEqualTo(403);
			assertThat(status(HttpMethod.POST, path, null, true)).as(path).isEqualTo(401);
		}
		assertThat(server.calls()).isZero();
		assertThat(status(HttpMethod.GET, "/actuator/health", null, false)).isEqualTo(200);
	}

	@Test
	void whenRoleIsMissingThenIsRefused() {
		assertThat(status(HttpMethod.GET, "/actuator/secrets", "visitor", false)).isEqualTo(403);
		assertThat(status(HttpMethod.POST, "/actuator/secrets", "visitor", true)).isEqualTo(403);
	}

	@Test
	void whenOperatorThenReadsAndRefreshes() {
		assertThat(status(HttpMethod.GET, "/actuator/secrets", "operator", false)).isEqualTo(200);
		assertThat(status(HttpMethod.GET, "/actuator/secrets/policy", "operator", false)).isEqualTo(200);
		assertThat(status(HttpMethod.POST, "/actuator/secrets", "operator", true)).isEqualTo(200);
		assertThat(status(HttpMethod.POST, "/actuator/secrets/myapp/api-keys", "operator", true)).isEqualTo(200);
	}

	@Test
	void whenPostIsForgedByAnotherSiteThenIsRefused() {
		assertThat(status(HttpMethod.POST, "/actuator/secrets", "operator", false)).isEqualTo(403);
	}

	@Test
	void whenDocumentedThenConfigurationIsTheTestedOne() throws Exception {
		String source = Files.readString(Path.of("src", "test", "java",
				ActuatorSecurityConfiguration.class.getName().replace('.', '/') + ".java"));
		String code = source.substring(source.indexOf("@Configuration"));
		assertThat(Files.readString(Path.of("..", "SECURITY.md"))).contains(code.replace("\t", "    "));
	}

	private int status(HttpMethod method, String path, String user, boolean header) {
		String port = application.getEnvironment().getRequiredProperty("local.server.port");
		return RestTestClient.bindToServer()
			.baseUrl("http://localhost:" + port)
			.build()
			.method(method)
			.uri(path)
			.headers((headers) -> {
				if (user != null) {
					headers.setBasicAuth(user, "password");
				}
				if (header) {
					headers.set("X-Requested-By", "test");
				}
			})
			.exchange()
			.returnResult(String.class)
			.getStatus()
			.value();
	}

	@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
	@Import(ActuatorSecurityConfiguration.class)
	static class Application {

		@Bean
		UserDetailsService users() {
			return new InMemoryUserDetailsManager(
					User.withUsername("operator").password("{noop}password").roles("OPERATOR").build(),
					User.withUsername("visitor").password("{noop}password").roles("VISITOR").build());
		}

	}

}
