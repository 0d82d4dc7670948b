package io.github.secretsboot.clients;

import java.time.Duration;
import java.util.Map;

import io.github.secretsboot.Secrets;
import io.github.secretsboot.consumers.SecretConsumer.Connections;
import io.github.secretsboot.consumers.SecretConsumer.Mode;
import io.github.secretsboot.consumers.SecretConsumers;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.R2dbcException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.r2dbc.ConnectionFactoryBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.r2dbc.core.DatabaseClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Queries a real PostgreSQL through R2DBC, with a pool and without, while its passwords
 * rotate.
 */
class R2dbcTests extends AbstractPostgresTests {

	private static final int THREADS = 4;

	private static final int POOL_SIZE = 5;

	private ConfigurableApplicationContext run(boolean pooled, String... arguments) throws Exception {
		return run(Application.class,
				Arguments.with(arguments, "--spring.r2dbc.pool.enabled=" + pooled,
						"--spring.r2dbc.pool.initial-size=" + POOL_SIZE, "--spring.r2dbc.pool.max-size=" + POOL_SIZE,
						"--spring.r2dbc.pool.validation-depth=remote", "--spring.r2dbc.pool.acquire-retry=" + POOL_SIZE,
						"--spring.r2dbc.url=r2dbc:postgresql://localhost:" + this.gateway.port() + "/postgres",
						"--spring.r2dbc.username=${login.username}", "--spring.r2dbc.password=${login.password}"));
	}

	private static String currentUser(ConfigurableApplicationContext context) {
		return DatabaseClient.create(context.getBean(ConnectionFactory.class))
			.sql("SELECT current_user")
			.mapValue(String.class)
			.one()
			.block(Duration.ofSeconds(30));
	}

	/**
	 * A pool of R2DBC has no way to retire connections. It finds out that the server has
	 * ended one when that is used.
	 */
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void whenCredentialsRotateThenOnlyQueriesOfEndedSessionsFail(boolean users) throws Exception {
		try (ConfigurableApplicationContext context = run(true)) {
			Load load = new Load(THREADS, () -> currentUser(context));
			int refused;
			try (load) {
				refused = rotate("R2DBC, " + (users ? "users" : "password"), context, load,
						users ? this::rotateUsers : this::rotatePassword, server::killFormerSessions);
			}
			assertThat(load.failures()).hasSizeLessThanOrEqualTo(THREADS * ROTATIONS)
				.allSatisfy((failure) -> assertThat(failure).doesNotContain("password authentication"));
			assertThat(refused).isLessThanOrEqualTo(THREADS * ROTATIONS);
			isListed(context, "connectionFactory", Connections.KEPT);
			assertThat(context.getBean(SecretConsumers.class).list())
				.noneMatch((consumer) -> consumer.mode() == Mode.FROZEN);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenSessionsLiveOnOrEachQueryLogsInThenNoneFails(boolean pooled) throws Exception {
		try (ConfigurableApplicationContext context = run(pooled)) {
			Load load = new Load(pooled ? THREADS : 1, () -> currentUser(context));
			int refused;
			try (load) {
				refused = rotateWithoutKilling("R2DBC, " + (pooled ? "sessions live on" : "no pool"), context, load,
						this::rotatePassword);
			}
			assertThat(refused).isLessThanOrEqualTo(THREADS * ROTATIONS);
			assertThat(load.failures()).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenNewPasswordIsWrongThenItIsNotUsed(boolean pooled) throws Exception {
		try (ConfigurableApplicationContext context = run(pooled)) {
			this.secretsManager.rotate("server", wrongLogin());
			assertThat(context.getBean(Secrets.class).refresh().changes()).isEmpty();
			assertThat(currentUser(context)).isEqualTo("app");
		}
	}

	@Test
	void whenPasswordIsWrongForGoodThenFailsAfterTheWindowAndSeldomAsks() throws Exception {
		try (ConfigurableApplicationContext context = run(false, "--secrets.follow.rotation-window=300ms")) {
			setPassword("app", "canary-unknown");
			for (int i = 0; i < 5; i++) {
				assertThatExceptionOfType(Exception.class).isThrownBy(() -> currentUser(context))
					.withRootCauseInstanceOf(R2dbcException.class)
					.withStackTraceContaining("password authentication failed");
			}
			assertThat(this.gateway.refusals()).isOne();
		}
	}

	@Test
	void whenOthersDeriveAConnectionFactoryThenItHasTheCredentialsInUse() throws Exception {
		try (ConfigurableApplicationContext context = run(true)) {
			rotateUsers(context);
			ConnectionFactory derived = ConnectionFactoryBuilder.derivedFrom(context.getBean(ConnectionFactory.class))
				.build();
			assertThat(DatabaseClient.create(derived)
				.sql("SELECT current_user")
				.mapValue(String.class)
				.one()
				.block(Duration.ofSeconds(10))).isEqualTo("app_clone");
		}
	}

	@Test
	void whenUrlHasCredentialsThenTheyFollow() throws Exception {
		try (ConfigurableApplicationContext context = run(Application.class, "--spring.r2dbc.pool.enabled=false",
				"--spring.r2dbc.url=r2dbc:postgresql://${login.username}:${login.password}@localhost:"
						+ this.gateway.port() + "/postgres")) {
			assertThat(currentUser(context)).isEqualTo("app");
			rotateUsers(context);
			assertThat(currentUser(context)).isEqualTo("app_clone");
		}
	}

	@Test
	void whenDatabaseIsAnotherThenFollows() throws Exception {
		try (ConfigurableApplicationContext context = run(Application.class,
				"--spring.r2dbc.url=r2dbc:h2:mem:///other?options=DB_CLOSE_DELAY=-1",
				"--spring.r2dbc.username=${login.username}", "--spring.r2dbc.password=${login.password}")) {
			execute(context, "SELECT 1");
			execute(context, "ALTER USER APP SET PASSWORD 'canary-h2'");
			this.secretsManager.rotate("server", Map.of("username", "app", "password", "canary-h2"));
			assertThat(context.getBean(Secrets.class).refresh().changes()).hasSize(1);
			execute(context, "SELECT 1");
			this.secretsManager.rotate("server", wrongLogin());
			assertThat(context.getBean(Secrets.class).refresh().changes()).isEmpty();
			execute(context, "SHUTDOWN");
		}
	}

	private static void execute(ConfigurableApplicationContext context, String sql) {
		DatabaseClient.create(context.getBean(ConnectionFactory.class)).sql(sql).then().block(Duration.ofSeconds(10));
	}

	@Test
	void whenExcludedThenKeepsTheOldPassword() throws Exception {
		try (ConfigurableApplicationContext context = run(false, "--secrets.follow.exclude=r2dbc")) {
			rotatePassword(context);
			assertThatExceptionOfType(Exception.class).isThrownBy(() -> currentUser(context))
				.withStackTraceContaining("password authentication failed");
		}
	}

	@EnableAutoConfiguration
	static class Application {

	}

}
