package io.github.secretsboot.starter.datasource;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.secretsboot.Secrets;
import io.github.secretsboot.actuate.SecretsEndpoint;
import io.github.secretsboot.actuate.SecretsEndpoint.SourceDescriptor;
import io.github.secretsboot.consumers.SecretConsumer;
import io.github.secretsboot.consumers.SecretConsumer.Connections;
import io.github.secretsboot.consumers.SecretConsumer.Mode;
import io.github.secretsboot.consumers.SecretConsumers;
import io.github.secretsboot.test.SecretsManagerServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.web.util.UriUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.awaitility.Awaitility.await;

/**
 * Rotates the credentials of a PostgreSQL database under load.
 */
class PostgresRotationTests extends AbstractRotationTests {

	/** {@code -Drotations=100 -Dgap=2000} takes five minutes. */
	private static final int ROTATIONS = Integer.getInteger("rotations", 100);

	private static final int GAP = Integer.getInteger("gap", 200);

	private static PostgresDatabase database;

	private static SecretsManagerServer server;

	PostgresRotationTests() {
		super(database, server);
	}

	@BeforeAll
	static void start() {
		database = startIfPossible(PostgresDatabase::start);
		server = SecretsManagerServer.start();
	}

	@AfterAll
	static void stop() {
		server.close();
		if (database != null) {
			database.close();
		}
	}

	@Test
	void whenSingleUserRotatesThenNoQueryFails() {
		create("single", "app");
		try (ConfigurableApplicationContext context = run(Application.class, "single")) {
			check(rotateSingleUser("single", "app", context.getBean(HikariDataSource.class), ROTATIONS, GAP));
		}
	}

	@Test
	void whenSecretsManagerFollowsTwoSecondsLaterThenNoQueryFails() {
		create("slow", "slow_app");
		try (ConfigurableApplicationContext context = run(Application.class, "slow")) {
			check(rotateSingleUser("slow", "slow_app", context.getBean(HikariDataSource.class), 3, 2000));
		}
	}

	@Test
	void whenUsersAlternateThenNoQueryFails() {
		create("alternating", "shop");
		try (ConfigurableApplicationContext context = run(Application.class, "alternating")) {
			Figures figures = rotateAlternatingUsers("alternating", "shop", context.getBean(HikariDataSource.class),
					context.getBean(Secrets.class), ROTATIONS);
			check(figures);
			assertThat(figures.mostRefused()).isZero();
		}
	}

	@Test
	void whenUsersAlternateThenEachConnectionIsOpenedOnce() {
		create("once", "once_app");
		try (ConfigurableApplicationContext context = run(Application.class, "once");
				QueryLoad load = QueryLoad.withoutChurn(context.getBean(HikariDataSource.class))) {
			HikariDataSource pool = context.getBean(HikariDataSource.class);
			for (int i = 0; i < 5; i++) {
				load.awaitProgress();
				String former = pool.getUsername();
				String next = former.equals("once_app") ? "once_app_clone" : "once_app";
				String password = nextPassword();
				database.setPassword(next, password);
				server.rotate("once", Map.of("username", next, "password", password));
				long before = database.acceptedLogins(next);
				context.getBean(Secrets.class).refresh();
				await().until(() -> database.connections(former) == 0 && database.connections(next) == 10);
				// Longer than it may take a connection to be added to the pool
				await().during(Duration.ofMillis(500)).until(() -> database.acceptedLogins(next) - before == 10 + 1);
			}
			assertThat(load.failures()).isEmpty();
		}
	}

	@Test
	void whenPoolIsMadeOfAConfigBeanThenNoQueryFails() {
		create("config", "config_app");
		try (ConfigurableApplicationContext context = run(PoolOfConfigBean.class, "config")) {
			check(rotateSingleUser("config", "config_app", context.getBean(HikariDataSource.class), 5, GAP));
		}
	}

	@Test
	void whenPoolIsStartedByItsConstructorThenFollowsUsersThatAlternate() {
		create("started", "started_app");
		try (ConfigurableApplicationContext context = run(StartedPool.class, "started")) {
			check(rotateAlternatingUsers("started", "started_app", context.getBean(HikariDataSource.class),
					context.getBean(Secrets.class), 5));
		}
	}

	private static void check(Figures figures) {
		assertThat(figures.failures).isEmpty();
		assertThat(figures.broken).isEmpty();
		assertThat(figures.queries).isPositive();
		assertThat(figures.mostRefused()).isLessThanOrEqualTo(2);
	}

	@Test
	void whenApplicationStartsInTheMiddleOfARotationThenWaitsForItsEnd() {
		create("starting", "starting_app");
		String password = nextPassword();
		database.setPassword("starting_app", password);
		try (ConfigurableApplicationContext context = run(Application.class, "starting")) {
			long refused = database.refusedLogins();
			Thread rotation = new Thread(() -> {
				await().until(() -> database.refusedLogins() > refused);
				server.rotate("starting", Map.of("username", "starting_app", "password", password));
			});
			rotation.start();
			assertThat(context.getBean(HikariDataSource.class)).satisfies((pool) -> pool.getConnection().close());
		}
	}

	@Test
	void whenNewPasswordIsWrongThenVersionIsRejectedAndOldOneStays() throws Exception {
		create("wrong", "wrong_app");
		try (ConfigurableApplicationContext context = run(Application.class, "wrong",
				"--management.endpoints.web.exposure.include=secrets")) {
			HikariDataSource pool = context.getBean(HikariDataSource.class);
			pool.getConnection().close();
			String before = pool.getPassword();
			server.rotate("wrong", Map.of("username", "wrong_app", "password", "canary-mistake"));
			assertThat(context.getBean(Secrets.class).refresh().changes()).isEmpty();
			assertThat(context.getBean(SecretsEndpoint.class).secrets().sources()).extracting(SourceDescriptor::state)
				.containsExactly("rejected");
			assertThat(pool.getPassword()).isEqualTo(before);
			pool.getHikariPoolMXBean().softEvictConnections();
			pool.getConnection().close();
		}
	}

	@Test
	void whenPasswordIsStoredBeforeTheDatabaseHasItThenIsUsedOnceTheDatabaseDoes() throws Exception {
		create("early", "early_app");
		try (ConfigurableApplicationContext context = run(Application.class, "early")) {
			HikariDataSource pool = context.getBean(HikariDataSource.class);
			pool.getConnection().close();
			String password = nextPassword();
			server.rotate("early", Map.of("username", "early_app", "password", password));
			assertThat(context.getBean(Secrets.class).refresh().changes()).isEmpty();
			database.setPassword("early_app", password);
			pool.getHikariPoolMXBean().softEvictConnections();
			pool.getConnection().close();
			await().until(() -> pool.getPassword().equals(password));
		}
	}

	@Test
	void whenPasswordIsWrongForGoodThenFailsWithWhatTheDatabaseSays() {
		create("lost", "lost_app");
		try (ConfigurableApplicationContext context = run(Application.class, "lost",
				"--spring.datasource.hikari.connection-timeout=1000", "--secrets.follow.rotation-window=2s")) {
			HikariDataSource pool = context.getBean(HikariDataSource.class);
			database.setPassword("lost_app", nextPassword());
			long refused = database.refusedLogins();
			for (int i = 0; i < 5; i++) {
				assertThatException().isThrownBy(() -> pool.getConnection().close())
					.withStackTraceContaining("password authentication failed");
			}
			assertThat(database.refusedLogins() - refused).isLessThanOrEqualTo(2);
		}
	}

	@Test
	void whenDatabaseIsDownThenVersionIsNotRejected() {
		create("down", "down_app");
		try (ConfigurableApplicationContext context = run(Application.class, "down",
				"--spring.datasource.url=jdbc:postgresql://localhost:1/postgres")) {
			server.rotate("down", Map.of("username", "down_app", "password", "canary-unseen"));
			assertThat(context.getBean(Secrets.class).refresh().changes()).hasSize(1);
			assertThat(context.getBean(HikariDataSource.class).getPassword()).isEqualTo("canary-unseen");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "canary ${user.name}", "canary #{1+1}", "canary '\"\\%s%20", "canary äöü €", "  canary  ",
			"canary ${missing:default}" })
	void whenPasswordHasSpecialCharactersThenLoginSucceeds(String password) throws Exception {
		String secret = "special-" + password.hashCode();
		create(secret, "special_app");
		try (ConfigurableApplicationContext context = run(Application.class, secret)) {
			HikariDataSource pool = context.getBean(HikariDataSource.class);
			database.setPassword("special_app", password);
			server.rotate(secret, Map.of("username", "special_app", "password", password));
			assertThat(context.getBean(Secrets.class).refresh().changes()).hasSize(1);
			pool.getConnection().close();
		}
		try (ConfigurableApplicationContext context = run(Application.class, secret);
				Connection connection = context.getBean(HikariDataSource.class).getConnection()) {
			assertThat(connection.isValid(1)).isTrue();
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void whenSecretIsADataSourceThenPoolFollowsItsUsersAndPasswords(boolean asUrl) throws Exception {
		String secret = "data-source-" + asUrl;
		List<String> users = List.of("source_app", "source_app_clone");
		server.create(secret, credentials(users.get(0), asUrl));
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.run(server.arguments("--secrets.sources[0].name=" + secret, "--secrets.sources[0].as=datasource"))) {
			HikariDataSource pool = context.getBean(HikariDataSource.class);
			for (int i = 1; i < 4; i++) {
				try (Connection connection = pool.getConnection()) {
					assertThat(connection.getMetaData().getUserName()).isEqualTo(users.get((i - 1) % 2));
				}
				server.rotate(secret, credentials(users.get(i % 2), asUrl));
				assertThat(context.getBean(Secrets.class).refresh().changes()).hasSize(1);
			}
			assertThat(context.getBean(SecretConsumers.class).list()).contains(new SecretConsumer("dataSource",
					"credentials", Set.of("spring.datasource.username", "spring.datasource.password"), Mode.LIVE,
					Connections.REPLACED));
		}
	}

	private static String credentials(String user, boolean asUrl) {
		String password = nextPassword() + " @:/?%${x}#{1+1}";
		database.setPassword(user, password);
		URI url = URI.create(database.url().substring("jdbc:".length()));
		if (asUrl) {
			return "postgresql://%s:%s@localhost:%d/postgres".formatted(user,
					UriUtils.encode(password, StandardCharsets.UTF_8), url.getPort());
		}
		return """
				{"engine": "postgres", "host": "localhost", "port": %d, "dbname": "postgres", "username": "%s", "password": "%s"}"""
			.formatted(url.getPort(), user, password);
	}

	@Test
	void whenPoolFollowsThenIsListedAsLive() {
		create("listed", "listed_app");
		try (ConfigurableApplicationContext context = run(Application.class, "listed")) {
			List<SecretConsumer> consumers = context.getBean(SecretConsumers.class).list();
			assertThat(consumers)
				.contains(new SecretConsumer("dataSource", "credentials", Set.of("db.username", "db.password"),
						Mode.LIVE, Connections.REPLACED))
				.noneMatch((consumer) -> consumer.mode() == Mode.FROZEN);
		}
	}

	@Test
	void whenSwitchedOffThenPoolIsLeftAlone() {
		create("off", "off_app");
		try (ConfigurableApplicationContext context = run(Application.class, "off", "--secrets.follow.enabled=false")) {
			HikariDataSource pool = context.getBean(HikariDataSource.class);
			String before = pool.getPassword();
			server.rotate("off", Map.of("username", "off_app", "password", "canary-other"));
			assertThat(context.getBean(Secrets.class).refresh().changes()).hasSize(1);
			assertThat(pool.getPassword()).isEqualTo(before);
			assertThat(pool.getDataSource()).isNull();
		}
	}

	@EnableAutoConfiguration(exclude = { HibernateJpaAutoConfiguration.class,
			DataJpaRepositoriesAutoConfiguration.class, FlywayAutoConfiguration.class })
	static class PoolOfConfigBean {

		@Bean
		@ConfigurationProperties("spring.datasource.hikari")
		HikariConfig config(DataSourceProperties properties) {
			return hikari(properties);
		}

		@Bean
		HikariDataSource dataSource(HikariConfig config) {
			return new HikariDataSource(config);
		}

		static HikariConfig hikari(DataSourceProperties properties) {
			HikariConfig config = new HikariConfig();
			config.setJdbcUrl(properties.getUrl());
			config.setUsername(properties.getUsername());
			config.setPassword(properties.getPassword());
			return config;
		}

	}

	@EnableAutoConfiguration(exclude = { HibernateJpaAutoConfiguration.class,
			DataJpaRepositoriesAutoConfiguration.class, FlywayAutoConfiguration.class })
	static class StartedPool {

		@Bean
		HikariDataSource dataSource(DataSourceProperties properties) {
			HikariConfig config = PoolOfConfigBean.hikari(properties);
			config.setConnectionTimeout(5000);
			return new HikariDataSource(config);
		}

	}

}
