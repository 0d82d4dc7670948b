package io.github.secretsboot.clients;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import javax.sql.DataSource;

import io.github.secretsboot.Secrets;
import io.github.secretsboot.consumers.SecretConsumer.Connections;
import io.github.secretsboot.consumers.SecretConsumer.Mode;
import io.github.secretsboot.consumers.SecretConsumers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Queries a real PostgreSQL through pools of Tomcat JDBC and DBCP 2 while its passwords
 * rotate.
 */
class PoolTests extends AbstractPostgresTests {

	private static final int THREADS = 4;

	private static final String TOMCAT = "org.apache.tomcat.jdbc.pool.DataSource";

	private static final String DBCP2 = "org.apache.commons.dbcp2.BasicDataSource";

	/** Queries whose session was ended by the server. */
	private final AtomicInteger broken = new AtomicInteger();

	private ConfigurableApplicationContext run(String type, String... arguments) throws Exception {
		return runPool(Application.class, type, arguments);
	}

	private ConfigurableApplicationContext runPool(Class<?> application, String type, String... arguments)
			throws Exception {
		return run(application, Arguments.with(arguments, "--spring.datasource.type=" + type,
				"--spring.datasource.url=jdbc:postgresql://localhost:" + this.gateway.port() + "/postgres",
				"--spring.datasource.username=${login.username}", "--spring.datasource.password=${login.password}",
				"--spring.datasource.tomcat.validation-interval=0"));
	}

	private Load queries(ConfigurableApplicationContext context) {
		DataSource pool = context.getBean(DataSource.class);
		return new Load(THREADS, () -> {
			try (Connection connection = pool.getConnection()) {
				query(connection);
			}
			// Leaves something of the machine to the server
			LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
		});
	}

	private void query(Connection connection) {
		try (Statement statement = connection.createStatement()) {
			statement.execute("SELECT 1");
		}
		catch (SQLException ex) {
			this.broken.incrementAndGet();
		}
	}

	/**
	 * Tomcat JDBC closes connections when they come back, DBCP 2 only while they are
	 * idle: one that is always in use is ended by the server.
	 */
	@ParameterizedTest
	@CsvSource({ TOMCAT + ",false", TOMCAT + ",true", DBCP2 + ",false", DBCP2 + ",true" })
	void whenCredentialsRotateThenNoQueryFails(String type, boolean users) throws Exception {
		try (ConfigurableApplicationContext context = run(type)) {
			Load load = queries(context);
			int refused;
			try (load) {
				refused = rotate(type + ", " + (users ? "users" : "password"), context, load,
						users ? this::rotateUsers : this::rotatePassword,
						type.equals(TOMCAT) ? server::awaitEndOfFormerSessions : server::killFormerSessions);
			}
			assertThat(load.failures()).isEmpty();
			assertThat(this.broken).hasValueLessThanOrEqualTo(type.equals(TOMCAT) ? 0 : THREADS * ROTATIONS);
			assertThat(refused).isLessThanOrEqualTo(ROTATIONS);
			follows(context, "dataSource", Connections.REPLACED);
			assertThat(context.getBean(SecretConsumers.class).list())
				.noneMatch((consumer) -> consumer.mode() == Mode.FROZEN);
		}
	}

	/**
	 * A query fails if its session is ended by the server; the next one waits for a
	 * connection.
	 */
	@ParameterizedTest
	@ValueSource(strings = { TOMCAT, DBCP2 })
	void whenSessionsAreEndedBeforeSecretsManagerFollowsThenCallersWait(String type) throws Exception {
		try (ConfigurableApplicationContext context = run(type)) {
			Load load = queries(context);
			int refused;
			try (load) {
				refused = rotate(type + ", sessions ended in the gap", context, load, (running) -> {
					setPassword("app", "canary-gap");
					server.killFormerSessions();
					rotatePassword(running);
				}, () -> {
				});
			}
			assertThat(load.failures()).isEmpty();
			assertThat(this.broken).hasValueLessThanOrEqualTo(THREADS * ROTATIONS);
			assertThat(refused).isLessThanOrEqualTo(2 * THREADS * ROTATIONS);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { TOMCAT, DBCP2 })
	void whenUsersAlternateThenSessionsOfTheFormerUserEnd(String type) throws Exception {
		try (ConfigurableApplicationContext context = run(type)) {
			JdbcTemplate template = new JdbcTemplate(context.getBean(DataSource.class));
			try (Connection inUse = context.getBean(DataSource.class).getConnection()) {
				rotateUsers(context);
				await().until(() -> "app_clone".equals(template.queryForObject("SELECT current_user", String.class)));
				await().until(() -> server.sessions("app") == 1);
				query(inUse);
			}
			assertThat(this.broken).hasValue(0);
			await().atMost(Duration.ofSeconds(5)).until(() -> server.sessions("app") == 0);
			assertThat(server.sessions("app_clone")).isPositive();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { TOMCAT, DBCP2 })
	void whenPoolWasStartedBeforeItBecameABeanThenFollows(String type) throws Exception {
		try (ConfigurableApplicationContext context = runPool(StartedPool.class, type)) {
			JdbcTemplate template = new JdbcTemplate(context.getBean(DataSource.class));
			rotateUsers(context);
			await().until(() -> template.queryForObject("SELECT current_user", String.class).equals("app_clone"));
			rotatePassword(context);
			server.killFormerSessions();
			assertThat(template.queryForObject("SELECT current_user", String.class)).isEqualTo("app_clone");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { TOMCAT, DBCP2 })
	void whenNewPasswordIsWrongThenItIsNotUsed(String type) throws Exception {
		try (ConfigurableApplicationContext context = run(type)) {
			new JdbcTemplate(context.getBean(DataSource.class)).execute("SELECT 1");
			this.secretsManager.rotate("server", wrongLogin());
			assertThat(context.getBean(Secrets.class).refresh().changes()).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { TOMCAT, DBCP2 })
	void whenPasswordIsWrongForGoodThenFailsAfterTheWindowAndSeldomAsks(String type) throws Exception {
		try (ConfigurableApplicationContext context = run(type, "--secrets.follow.rotation-window=300ms")) {
			DataSource pool = context.getBean(DataSource.class);
			pool.getConnection().close();
			setPassword("app", "canary-unknown");
			server.killFormerSessions();
			int before = this.gateway.refusals();
			for (int i = 0; i < 5; i++) {
				assertThatExceptionOfType(SQLException.class).isThrownBy(pool::getConnection);
			}
			assertThat(this.gateway.refusals() - before).isOne();
		}
	}

	@ParameterizedTest
	@CsvSource({ TOMCAT + ",tomcat-jdbc", DBCP2 + ",dbcp2" })
	void whenExcludedThenKeepsTheOldPassword(String type, String technology) throws Exception {
		try (ConfigurableApplicationContext context = run(type, "--secrets.follow.exclude=" + technology)) {
			rotatePassword(context);
			assertThatExceptionOfType(SQLException.class)
				.isThrownBy(() -> context.getBean(DataSource.class).getConnection());
		}
	}

	@EnableAutoConfiguration(exclude = R2dbcAutoConfiguration.class)
	static class Application {

	}

	@EnableAutoConfiguration(exclude = R2dbcAutoConfiguration.class)
	static class StartedPool {

		@Bean
		DataSource dataSource(DataSourceProperties properties) throws SQLException {
			DataSource pool = DataSourceBuilder.create()
				.type(properties.getType())
				.url(properties.getUrl())
				.username(properties.getUsername())
				.password(properties.getPassword())
				.build();
			if (pool instanceof org.apache.tomcat.jdbc.pool.DataSource tomcat) {
				tomcat.setTestOnBorrow(true);
				tomcat.setValidationInterval(0);
			}
			pool.getConnection().close();
			return pool;
		}

	}

}
