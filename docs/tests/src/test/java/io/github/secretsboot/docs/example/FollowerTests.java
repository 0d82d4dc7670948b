package io.github.secretsboot.docs.example;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpServer;
import io.github.secretsboot.Secrets;
import io.github.secretsboot.consumers.SecretConsumer;
import io.github.secretsboot.consumers.SecretConsumer.Connections;
import io.github.secretsboot.consumers.SecretConsumer.Mode;
import io.github.secretsboot.consumers.SecretConsumers;
import io.github.secretsboot.follow.Credentials;
import io.github.secretsboot.follow.Followed;
import io.github.secretsboot.follow.Follower;
import io.github.secretsboot.follow.Followers;
import io.github.secretsboot.test.SecretsManagerServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Runs the example of {@code docs/reference/followers.md} against a real server.
 */
class FollowerTests {

	private final SecretsManagerServer server = SecretsManagerServer.start();

	private HttpServer partner;

	private volatile String password = "canary-1";

	@BeforeEach
	void start() throws IOException {
		this.server.create("partner", Map.of("username", "shop", "password", "canary-1"));
		this.partner = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		HttpContext context = this.partner.createContext("/", (exchange) -> {
			exchange.sendResponseHeaders(200, 2);
			try (OutputStream body = exchange.getResponseBody()) {
				body.write("ok".getBytes());
			}
		});
		context.setAuthenticator(new BasicAuthenticator("partner") {

			@Override
			public boolean checkCredentials(String username, String password) {
				return username.equals("shop") && password.equals(FollowerTests.this.password);
			}

		});
		this.partner.start();
	}

	@AfterEach
	void stop() {
		this.partner.stop(0);
		this.server.close();
	}

	private ConfigurableApplicationContext run(Class<?>... sources) {
		String host = this.partner.getAddress().getAddress().getHostAddress();
		return new SpringApplicationBuilder(sources).web(WebApplicationType.NONE)
			.properties("partner.uri=http://" + host + ":" + this.partner.getAddress().getPort())
			.run(this.server.arguments("--secrets.sources[0].name=partner", "--secrets.sources[0].prefix=partner."));
	}

	private void rotate(String password) {
		this.server.rotate("partner", Map.of("username", "shop", "password", password));
	}

	@Test
	void whenSecretRotatesThenClientHasTheNewLogin() throws IOException {
		try (ConfigurableApplicationContext context = run(Application.class, PartnerFollower.class)) {
			assertThat(context.getBean(Partner.class).order("tea")).isEqualTo("ok");
			this.password = "canary-2";
			rotate("canary-2");
			assertThat(context.getBean(Secrets.class).refresh().changes()).hasSize(1);
			assertThat(context.getBean(Partner.class).order("tea")).isEqualTo("ok");
			assertThat(context.getBean(SecretConsumers.class).list())
				.containsExactly(new SecretConsumer("partnerFollower", "credentials",
						Set.of("partner.username", "partner.password"), Mode.LIVE, Connections.KEPT));
		}
	}

	@Test
	void whenPartnerRefusesTheNewLoginThenItIsNotUsed() throws IOException {
		try (ConfigurableApplicationContext context = run(Application.class, PartnerFollower.class)) {
			rotate("canary-mistake");
			assertThat(context.getBean(Secrets.class).refresh().changes()).isEmpty();
			assertThat(context.getBean(Partner.class).order("tea")).isEqualTo("ok");
		}
	}

	@Test
	void whenPartnerHasTheNewLoginFirstThenAnAttemptWaitsForIt() throws Exception {
		ExecutorService executor = Executors.newSingleThreadExecutor();
		try (ConfigurableApplicationContext context = run(Application.class)) {
			Partner partner = context.getBean(Partner.class);
			Followed<Credentials> login = context.getBean(Followers.class)
				.follow("partner", new PartnerFollower(partner));
			this.password = "canary-2";
			assertThatExceptionOfType(Partner.RefusedException.class).isThrownBy(() -> partner.order("tea"));
			Future<Void> check = executor.submit(() -> login.attempt((pair) -> {
				partner.check(pair.username(), pair.password());
				return null;
			}));
			rotate("canary-2");
			check.get();
			assertThat(login.get().password()).isEqualTo("canary-2");
			login.close();
			assertThat(context.getBean(SecretConsumers.class).list()).isEmpty();
		}
		finally {
			executor.shutdownNow();
		}
	}

	@Test
	void whenUserNameAndPasswordAreReadWhileTheyRotateThenTheyBelongTogether() throws Exception {
		ExecutorService executor = Executors.newSingleThreadExecutor();
		try (ConfigurableApplicationContext context = run(Application.class)) {
			Follower<Credentials> reader = (environment) -> new Credentials(environment.getProperty("partner.username"),
					environment.getRequiredProperty("partner.password"));
			Followed<Credentials> login = context.getBean(Followers.class).follow("partner", reader);
			Future<?> rotations = executor.submit(() -> {
				for (int i = 0; i < 50; i++) {
					this.server.rotate("partner", Map.of("username", "shop-" + i, "password", "canary-shop-" + i));
					context.getBean(Secrets.class).refresh();
				}
			});
			while (!rotations.isDone()) {
				Credentials pair = login.get();
				assertThat(pair.password()).isIn("canary-" + pair.username(), "canary-1");
			}
			rotations.get();
		}
		finally {
			executor.shutdownNow();
		}
	}

	@EnableAutoConfiguration
	static class Application {

		@Bean
		Partner partner(Environment environment) {
			return new Partner(URI.create(environment.getRequiredProperty("partner.uri")));
		}

	}

}
