package io.github.secretsboot.starter.datasource;

import java.sql.SQLException;
import java.util.Map;

import com.zaxxer.hikari.HikariDataSource;
import io.github.secretsboot.Secrets;
import io.github.secretsboot.consumers.SecretConsumer.Mode;
import io.github.secretsboot.consumers.SecretConsumers;
import io.github.secretsboot.test.SecretsManagerServer;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Rotates the credentials of a MariaDB database below JPA, Flyway and two pools.
 */
class MariaRotationTests extends AbstractRotationTests {

	private static final int ROTATIONS = 15;

	private static MariaDatabase database;

	private static SecretsManagerServer server;

	MariaRotationTests() {
		super(database, server);
	}

	@BeforeAll
	static void start() {
		database = startIfPossible(MariaDatabase::start);
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
	void whenCredentialsRotateBelowJpaThenNoTransactionFails() {
		create("first", "first");
		create("second", "second");
		try (ConfigurableApplicationContext context = run("first")) {
			HikariDataSource pool = context.getBean("dataSource", HikariDataSource.class);
			QueryLoad load = new QueryLoad(pool, purchase(context));
			check(rotateSingleUser("first", "first", pool, load, ROTATIONS, 200));
			Figures alternating = rotateAlternatingUsers("first", "first", pool, context.getBean(Secrets.class),
					ROTATIONS);
			check(alternating);
			assertThat(alternating.mostRefused()).isZero();
			HikariDataSource second = context.getBean("second", HikariDataSource.class);
			check(rotateSingleUser("second", "second", second, 5, 200));
		}
	}

	private static void check(Figures figures) {
		assertThat(figures.failures).isEmpty();
		assertThat(figures.broken).isEmpty();
		assertThat(figures.mostRefused()).isLessThanOrEqualTo(2);
	}

	private static Runnable purchase(ConfigurableApplicationContext context) {
		TransactionTemplate transactions = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
		EntityManager entities = context.getBean(EntityManager.class);
		return () -> transactions.executeWithoutResult((status) -> entities.persist(new Purchase("book")));
	}

	@Test
	void whenTwoSecretsHaveTheSameCredentialsThenEachPoolFollowsItsOwn() throws SQLException {
		create("one", "twin");
		String password = nextPassword();
		database.setPassword("twin", password);
		server.rotate("one", Map.of("username", "twin", "password", password));
		server.create("second", Map.of("username", "twin", "password", password));
		try (ConfigurableApplicationContext context = run("one")) {
			HikariDataSource pool = context.getBean("dataSource", HikariDataSource.class);
			HikariDataSource second = context.getBean("second", HikariDataSource.class);
			String other = nextPassword();
			database.setPassword("other", other);
			server.rotate("second", Map.of("username", "other", "password", other));
			context.getBean(Secrets.class).refresh();
			assertThat(pool.getUsername()).isEqualTo("twin");
			assertThat(second.getUsername()).isEqualTo("other");
			assertThat(second.getPassword()).isEqualTo(other);
			second.getConnection().close();
			assertThat(context.getBean(SecretConsumers.class).list())
				.noneMatch((consumer) -> consumer.mode() == Mode.FROZEN)
				.anyMatch((consumer) -> consumer.bean().equals("second") && consumer.member().equals("credentials"));
		}
		finally {
			server.delete("second");
		}
	}

	private ConfigurableApplicationContext run(String secret) {
		return run(Application.class, secret, "--secrets.sources[1].name=second",
				"--secrets.sources[1].prefix=reports.", "--spring.flyway.locations=classpath:db/rotation",
				"--app.second.jdbc-url=" + database.url(), "--app.second.username=${reports.username}",
				"--app.second.password=${reports.password}", "--app.second.validation-timeout=250",
				"--app.second.pool-name=second");
	}

	@EnableAutoConfiguration
	@EntityScan(basePackageClasses = Purchase.class)
	static class Application {

		@Bean(defaultCandidate = false)
		@Qualifier("second")
		@ConfigurationProperties("app.second")
		HikariDataSource second() {
			return DataSourceBuilder.create().type(HikariDataSource.class).build();
		}

	}

	@Entity
	@Table(name = "purchase")
	static class Purchase {

		@Id
		@GeneratedValue(strategy = GenerationType.IDENTITY)
		private Long id;

		private String article;

		protected Purchase() {
		}

		Purchase(String article) {
			this.article = article;
		}

		String getArticle() {
			return this.article;
		}

	}

}
