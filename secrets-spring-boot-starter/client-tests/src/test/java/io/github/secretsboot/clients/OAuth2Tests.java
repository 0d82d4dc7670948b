package io.github.secretsboot.clients;

import java.util.List;

import io.github.secretsboot.RefreshResult;
import io.github.secretsboot.Secrets;
import io.github.secretsboot.consumers.SecretConsumer.Connections;
import io.github.secretsboot.consumers.SecretConsumers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.client.endpoint.OAuth2ClientCredentialsGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientClientCredentialsTokenResponseClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ReactiveClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.settings.OAuth2TokenFormat;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Gets tokens from a real authorization server, and has them introspected, while the
 * secrets of clients rotate.
 */
class OAuth2Tests extends AbstractClientTests {

	private static final PasswordEncoder encoder = new BCryptPasswordEncoder(4);

	private static ConfigurableApplicationContext server;

	OAuth2Tests() {
		super(new Gateway("HTTP/1.1 401"));
		this.gateway.to(((WebServerApplicationContext) server).getWebServer().getPort());
	}

	@BeforeAll
	static void startServer() {
		server = SpringApplication.run(AuthorizationServer.class, "--server.port=0", "--secrets.enabled=false",
				"--server.tomcat.max-keep-alive-requests=-1", "--spring.main.banner-mode=off");
	}

	@AfterAll
	static void stopServer() {
		server.close();
	}

	@Override
	void setPassword(String username, String password) {
		server.getBean(InMemoryRegisteredClientRepository.class).save(registration(username, password));
	}

	private static RegisteredClient registration(String id, String secret) {
		return RegisteredClient.withId(id)
			.clientId(id)
			.clientSecret(encoder.encode(secret))
			.clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
			.authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
			.tokenSettings(TokenSettings.builder().accessTokenFormat(OAuth2TokenFormat.REFERENCE).build())
			.build();
	}

	private ConfigurableApplicationContext run(String... arguments) throws Exception {
		return run(Application.class, WebApplicationType.NONE, arguments);
	}

	@Override
	ConfigurableApplicationContext run(Class<?> application, WebApplicationType type, String... arguments)
			throws Exception {
		String client = "--spring.security.oauth2.client.";
		return super.run(application, type,
				Arguments.with(arguments, "--server.port=0",
						client + "provider.partner.token-uri=http://127.0.0.1:" + this.gateway.port() + "/oauth2/token",
						client + "registration.partner.authorization-grant-type=client_credentials",
						client + "registration.partner.client-id=${login.username}",
						client + "registration.partner.client-secret=${login.password}"));
	}

	private ConfigurableApplicationContext runResourceServer(String... arguments) throws Exception {
		String introspection = "--spring.security.oauth2.resourceserver.opaquetoken.";
		return run(Application.class, WebApplicationType.SERVLET,
				Arguments.with(arguments,
						introspection + "introspection-uri=http://127.0.0.1:" + this.gateway.port()
								+ "/oauth2/introspect",
						introspection + "client-id=${login.username}",
						introspection + "client-secret=${login.password}"));
	}

	private static String token(ConfigurableApplicationContext context) {
		return token(context.getBean(ClientRegistrationRepository.class).findByRegistrationId("partner"));
	}

	private static String token(ClientRegistration registration) {
		return new RestClientClientCredentialsTokenResponseClient()
			.getTokenResponse(new OAuth2ClientCredentialsGrantRequest(registration))
			.getAccessToken()
			.getTokenValue();
	}

	@Test
	void whenClientsAlternateThenNoTokenIsRefused() throws Exception {
		try (ConfigurableApplicationContext context = run()) {
			Load load = new Load(2, () -> token(context));
			try (load) {
				rotateWithoutKilling("OAuth2 registrations, clients", context, load, this::rotateUsers);
			}
			assertThat(load.failures()).isEmpty();
			assertThat(context.getBean(SecretConsumers.class).list())
				.filteredOn((consumer) -> consumer.bean().equals("clientRegistrationRepository"))
				.singleElement()
				.satisfies((consumer) -> {
					assertThat(consumer.member()).isEqualTo("registrations");
					assertThat(consumer.properties()).containsExactlyInAnyOrder("login.username", "login.password");
					assertThat(consumer.connections()).isEqualTo(Connections.NONE);
				});
		}
	}

	@Test
	void whenRegistrationIsReactiveThenItFollows() throws Exception {
		try (ConfigurableApplicationContext context = run(Application.class, WebApplicationType.REACTIVE)) {
			ReactiveClientRegistrationRepository repository = context
				.getBean(ReactiveClientRegistrationRepository.class);
			ClientRegistration before = repository.findByRegistrationId("partner").block();
			rotateUsers(context);
			ClientRegistration after = repository.findByRegistrationId("partner").block();
			assertThat(after.getClientId()).isEqualTo("app_clone");
			assertThat(after.getClientSecret()).isNotEqualTo(before.getClientSecret());
			assertThat(token(after)).isNotEmpty();
			assertThat(Holders.of(context, before.getClientSecret())).isEmpty();
			assertThat(repository.findByRegistrationId("other").blockOptional()).isEmpty();
			assertThat((Iterable<?>) repository).singleElement().isSameAs(after);
			assertThat(repository).asString().doesNotContain("canary");
		}
	}

	@Test
	void whenRegistrationsAreOfTheApplicationThenTheyAreLeftAlone() throws Exception {
		try (ConfigurableApplicationContext context = run(OwnRegistrations.class)) {
			rotateUsers(context);
			assertThat(context.getBean(ClientRegistrationRepository.class)).isSameAs(OwnRegistrations.REPOSITORY);
		}
	}

	@Test
	void whenSecretOfIntrospectionRotatesThenNoTokenIsRefused() throws Exception {
		try (ConfigurableApplicationContext context = runResourceServer()) {
			String before = context.getEnvironment().getProperty("login.password");
			int refused = introspect("Introspection, secret", context, this::rotatePassword);
			assertThat(Holders.of(context, before)).noneMatch((holder) -> holder.startsWith("opaqueTokenIntrospector"));
			assertThat(refused).isLessThanOrEqualTo(2 * ROTATIONS);
			isListed(context, "opaqueTokenIntrospector", Connections.NONE);
		}
	}

	@Test
	void whenClientsOfIntrospectionAlternateThenNoTokenIsRefused() throws Exception {
		try (ConfigurableApplicationContext context = runResourceServer()) {
			introspect("Introspection, clients", context, this::rotateUsers);
		}
	}

	private int introspect(String what, ConfigurableApplicationContext context, Rotation rotation) throws Exception {
		OpaqueTokenIntrospector introspector = context.getBean(OpaqueTokenIntrospector.class);
		String token = token(context);
		Load load = new Load(2, () -> introspector.introspect(token));
		int refused;
		try (load) {
			refused = rotateWithoutKilling(what, context, load, rotation);
		}
		assertThat(load.failures()).isEmpty();
		return refused;
	}

	@Test
	void whenNewSecretOfIntrospectionIsWrongThenItIsNotUsed() throws Exception {
		try (ConfigurableApplicationContext context = runResourceServer()) {
			String token = token(context);
			this.secretsManager.rotate("server", wrongLogin());
			RefreshResult result = context.getBean(Secrets.class).refresh();
			assertThat(result.changes()).isEmpty();
			assertThat(context.getBean(OpaqueTokenIntrospector.class).introspect(token).getAttributes())
				.containsEntry("active", true);
		}
	}

	@Test
	void whenExcludedThenKeepsTheOldSecrets() throws Exception {
		try (ConfigurableApplicationContext context = runResourceServer("--secrets.follow.exclude=security")) {
			String token = token(context);
			rotatePassword(context);
			assertThatException().isThrownBy(() -> token(context));
			assertThatException().isThrownBy(() -> context.getBean(OpaqueTokenIntrospector.class).introspect(token));
		}
	}

	@EnableAutoConfiguration
	static class Application {

	}

	@EnableAutoConfiguration
	static class OwnRegistrations {

		static final InMemoryClientRegistrationRepository REPOSITORY = new InMemoryClientRegistrationRepository(
				List.of(ClientRegistration.withRegistrationId("partner")
					.clientId("own")
					.clientSecret("fake")
					.tokenUri("http://127.0.0.1/token")
					.authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
					.build()));

		@Bean
		ClientRegistrationRepository clientRegistrationRepository() {
			return REPOSITORY;
		}

	}

	@EnableAutoConfiguration
	static class AuthorizationServer {

		@Bean
		InMemoryRegisteredClientRepository registeredClientRepository() {
			return new InMemoryRegisteredClientRepository(registration("initial", "canary-initial"));
		}

		@Bean
		PasswordEncoder passwordEncoder() {
			return encoder;
		}

	}

}
