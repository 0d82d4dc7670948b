package io.github.secretsboot.clients;

import java.util.Map;
import java.util.function.BiPredicate;

import io.github.secretsboot.FailureReason;
import io.github.secretsboot.Secrets;
import io.github.secretsboot.consumers.SecretConsumer.Mode;
import io.github.secretsboot.consumers.SecretConsumers;
import io.github.secretsboot.test.SecretsManagerServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Logs in as the user that Spring Boot makes of {@code spring.security.user}, while its
 * password rotates.
 */
class UserTests {

	private final SecretsManagerServer secretsManager = SecretsManagerServer.start();

	@AfterEach
	void close() {
		this.secretsManager.close();
	}

	private ConfigurableApplicationContext run(Server server, String... arguments) {
		return run(server.application(), server.type(), "canary-1", arguments);
	}

	private ConfigurableApplicationContext run(Class<?> application, WebApplicationType type, String password,
			String... arguments) {
		this.secretsManager.create("login", Map.of("username", "app", "password", password));
		return new SpringApplicationBuilder(application).web(type)
			.run(this.secretsManager.arguments(Arguments.with(arguments, "--secrets.sources[0].name=login",
					"--secrets.sources[0].prefix=login.", "--server.port=0",
					"--spring.security.user.name=${login.username}",
					"--spring.security.user.password=${login.password}", "--spring.security.user.roles=ADMIN")));
	}

	private void rotate(ConfigurableApplicationContext context, String username, String password) {
		this.secretsManager.rotate("login", Map.of("username", username, "password", password));
		assertThat(context.getBean(Secrets.class).refresh().changes()).hasSize(1);
	}

	private static BiPredicate<String, String> login(ConfigurableApplicationContext context) {
		int port = ((WebServerApplicationContext) context).getWebServer().getPort();
		RestClient client = RestClient.create("http://127.0.0.1:" + port);
		return (username,
				password) -> Boolean.TRUE.equals(client.get()
					.headers((headers) -> headers.setBasicAuth(username, password))
					.exchange((request, response) -> response.getStatusCode() != HttpStatus.UNAUTHORIZED));
	}

	@ParameterizedTest
	@EnumSource
	void whenPasswordRotatesThenOnlyTheNewOneLogsIn(Server server) {
		try (ConfigurableApplicationContext context = run(server)) {
			BiPredicate<String, String> login = login(context);
			assertThat(login.test("app", "canary-1")).isTrue();
			rotate(context, "app", "canary-2");
			assertThat(login.test("app", "canary-1")).isFalse();
			assertThat(login.test("app", "canary-2")).isTrue();
			rotate(context, "app", "canary-${1}");
			assertThat(login.test("app", "canary-${1}")).isTrue();
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenUsersAlternateThenOnlyTheCurrentOneLogsIn(Server server) {
		try (ConfigurableApplicationContext context = run(server)) {
			BiPredicate<String, String> login = login(context);
			rotate(context, "app_clone", "canary-2");
			assertThat(login.test("app", "canary-1")).isFalse();
			assertThat(login.test("app_clone", "canary-2")).isTrue();
			rotate(context, "app", "canary-3");
			assertThat(login.test("app_clone", "canary-2")).isFalse();
			assertThat(login.test("app", "canary-3")).isTrue();
		}
	}

	@Test
	void whenUserFollowsThenItIsListedAndHasItsRoles() {
		try (ConfigurableApplicationContext context = run(Server.TOMCAT)) {
			assertThat(context.getBean(SecretConsumers.class).list())
				.filteredOn((consumer) -> consumer.bean().equals("inMemoryUserDetailsManager"))
				.singleElement()
				.satisfies((consumer) -> {
					assertThat(consumer.member()).isEqualTo("user");
					assertThat(consumer.properties()).containsExactlyInAnyOrder("login.username", "login.password");
					assertThat(consumer.mode()).isEqualTo(Mode.LIVE);
				});
			rotate(context, "app_clone", "canary-2");
			assertThat(Holders.of(context, "canary-1")).isEmpty();
			assertThat(context.getBean(InMemoryUserDetailsManager.class).loadUserByUsername("app_clone"))
				.satisfies((user) -> {
					assertThat(user.getAuthorities()).extracting(Object::toString).containsExactly("ROLE_ADMIN");
					assertThat(user.getPassword()).doesNotContain("canary").startsWith("{bcrypt}");
				});
		}
	}

	@Test
	void whenApplicationHasPasswordEncoderThenTheEncodedPasswordOfTheSecretIsUsedAsItIs() {
		PasswordEncoder encoder = new BCryptPasswordEncoder(4);
		try (ConfigurableApplicationContext context = run(WithEncoder.class, WebApplicationType.SERVLET,
				encoder.encode("canary-1"))) {
			BiPredicate<String, String> login = login(context);
			assertThat(login.test("app", "canary-1")).isTrue();
			rotate(context, "app", encoder.encode("canary-2"));
			assertThat(login.test("app", "canary-1")).isFalse();
			assertThat(login.test("app", "canary-2")).isTrue();
		}
	}

	@Test
	void whenNewPasswordIsLongerThanBcryptTakesThenVersionIsRejected() {
		try (ConfigurableApplicationContext context = run(Server.TOMCAT)) {
			this.secretsManager.rotate("login", Map.of("username", "app", "password", "canary-" + "2".repeat(80)));
			assertThat(context.getBean(Secrets.class).refresh().failures()).singleElement()
				.satisfies((failure) -> assertThat(failure.reason()).isEqualTo(FailureReason.REJECTED));
			assertThat(login(context).test("app", "canary-1")).isTrue();
		}
	}

	@Test
	void whenUsersAreOfTheApplicationThenTheyAreLeftAlone() {
		try (ConfigurableApplicationContext context = run(WithUsers.class, WebApplicationType.SERVLET, "canary-1")) {
			rotate(context, "app", "canary-2");
			BiPredicate<String, String> login = login(context);
			assertThat(login.test("app", "canary-own")).isTrue();
			assertThat(login.test("app", "canary-2")).isFalse();
		}
	}

	@Test
	void whenExcludedThenKeepsTheOldPassword() {
		try (ConfigurableApplicationContext context = run(Server.TOMCAT, "--secrets.follow.exclude=security")) {
			rotate(context, "app", "canary-2");
			assertThat(login(context).test("app", "canary-1")).isTrue();
		}
	}

	@EnableAutoConfiguration
	static class WithEncoder {

		@Bean
		PasswordEncoder passwordEncoder() {
			return new BCryptPasswordEncoder(4);
		}

	}

	@EnableAutoConfiguration
	static class WithUsers {

		@Bean
		InMemoryUserDetailsManager users() {
			return new InMemoryUserDetailsManager(
					User.withUsername("app").password("{noop}canary-own").roles("USER").build());
		}

	}

}
