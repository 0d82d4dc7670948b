package io.github.secretsboot.starter.datasource;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import com.zaxxer.hikari.HikariDataSource;
import io.github.secretsboot.Secrets;
import io.github.secretsboot.test.SecretsManagerServer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.opentest4j.TestAbortedException;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Rotates the credentials of a database the way that a rotation function does, and looks
 * at what happens to those who query it meanwhile.
 */
abstract class AbstractRotationTests {

	private static final Log logger = LogFactory.getLog(AbstractRotationTests.class);

	private static final AtomicInteger passwords = new AtomicInteger();

	private final TestDatabase database;

	private final SecretsManagerServer server;

	AbstractRotationTests(@Nullable TestDatabase database, SecretsManagerServer server) {
		this.database = database;
		this.server = server;
	}

	/**
	 * Start a database, or have each test skipped where that cannot be done.
	 */
	static <T extends TestDatabase> @Nullable T startIfPossible(Supplier<T> start) {
		try {
			return start.get();
		}
		catch (TestAbortedException ex) {
			logger.warn(ex.getMessage(), ex);
			return null;
		}
	}

	@BeforeEach
	void skipWithoutDatabase() {
		assumeTrue(this.database != null, "The database cannot be started here, see the log");
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void whenEverythingIsLoggedThenCredentialsAreNot(CapturedOutput output) throws SQLException {
		create("logged", "canary_user");
		int ownStatements = output.length();
		try (ConfigurableApplicationContext context = run(Application.class, "logged", "--logging.level.root=trace")) {
			context.getBean(HikariDataSource.class).getConnection().close();
			assertThat(output.subSequence(ownStatements, output.length())).contains("HikariPool")
				.doesNotContain("canary_user", "canary-password");
			this.server.rotate("logged", Map.of("username", "canary_user", "password", "canary-refused"));
			assertThat(context.getBean(Secrets.class).refresh().changes()).isEmpty();
		}
		assertThat(output.subSequence(ownStatements, output.length())).doesNotContain("canary-");
	}

	static String nextPassword() {
		return "canary-password-" + passwords.incrementAndGet();
	}

	/**
	 * Create a user and the secret that has its credentials.
	 */
	void create(String secret, String user) {
		String password = nextPassword();
		this.database.setPassword(user, password);
		this.server.create(secret, Map.of("username", user, "password", password));
	}

	/**
	 * One user: the database has the new password before Secrets Manager does, and
	 * refuses the old one in between.
	 */
	Figures rotateSingleUser(String secret, String user, HikariDataSource pool, int rotations, int gapMillis) {
		return rotateSingleUser(secret, user, pool, new QueryLoad(pool), rotations, gapMillis);
	}

	Figures rotateSingleUser(String secret, String user, HikariDataSource pool, QueryLoad queries, int rotations,
			int gapMillis) {
		Figures figures = new Figures();
		try (QueryLoad load = queries) {
			for (int i = 0; i < rotations; i++) {
				load.awaitProgress();
				long refused = this.database.refusedLogins();
				String password = nextPassword();
				this.database.setPassword(user, password);
				if (i % 2 == 0) {
					pool.getHikariPoolMXBean().softEvictConnections();
				}
				AtomicLong start = new AtomicLong();
				CompletableFuture.delayedExecutor(gapMillis, TimeUnit.MILLISECONDS).execute(() -> {
					start.set(System.nanoTime());
					this.server.rotate(secret, Map.of("username", user, "password", password));
				});
				await().atMost(Duration.ofSeconds(20))
					.pollInterval(Duration.ofMillis(5))
					.until(() -> pool.getPassword().equals(password));
				figures.pickedUpAfter.add(millisSince(start.get()));
				figures.refused.add(this.database.refusedLogins() - refused);
			}
			load.awaitProgress();
			figures.take(load);
		}
		logger.info("Single user, " + rotations + " rotations, " + gapMillis + " ms gap: " + figures);
		return figures;
	}

	/**
	 * Two users take turns: the other one gets a new password, and then becomes the
	 * current one.
	 */
	Figures rotateAlternatingUsers(String secret, String user, HikariDataSource pool, Secrets secrets, int rotations) {
		Figures figures = new Figures();
		try (QueryLoad load = new QueryLoad(pool)) {
			for (int i = 0; i < rotations; i++) {
				load.awaitProgress();
				long refused = this.database.refusedLogins();
				String former = pool.getUsername();
				String next = former.equals(user) ? user + "_clone" : user;
				String password = nextPassword();
				this.database.setPassword(next, password);
				this.server.rotate(secret, Map.of("username", next, "password", password));
				long start = System.nanoTime();
				secrets.refresh();
				assertThat(pool.getCredentials().getUsername()).isEqualTo(next);
				assertThat(pool.getCredentials().getPassword()).isEqualTo(password);
				figures.pickedUpAfter.add(millisSince(start));
				await().atMost(Duration.ofSeconds(10))
					.pollInterval(Duration.ofMillis(5))
					.until(() -> this.database.connections(former) == 0);
				figures.oldGoneAfter.add(millisSince(start));
				figures.refused.add(this.database.refusedLogins() - refused);
			}
			load.awaitProgress();
			figures.take(load);
		}
		logger.info("Alternating users, " + rotations + " rotations: " + figures);
		return figures;
	}

	private static long millisSince(long nanos) {
		return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
	}

	ConfigurableApplicationContext run(Class<?> application, String secret, String... arguments) {
		List<String> all = new ArrayList<>(List.of("--spring.datasource.username=${db.username}",
				"--spring.datasource.password=${db.password}", "--secrets.sources[0].name=" + secret,
				"--secrets.sources[0].prefix=db.", "--secrets.refresh.requests-per-hour=1000000",
				"--spring.datasource.hikari.validation-timeout=250"));
		all.addAll(List.of(arguments));
		return new SpringApplicationBuilder(application).web(WebApplicationType.NONE)
			.properties("spring.datasource.url=" + this.database.url())
			.run(this.server.arguments(all.toArray(String[]::new)));
	}

	@EnableAutoConfiguration(exclude = { HibernateJpaAutoConfiguration.class,
			DataJpaRepositoriesAutoConfiguration.class, FlywayAutoConfiguration.class })
	static class Application {

	}

	/**
	 * What was measured.
	 */
	static final class Figures {

		final List<Long> pickedUpAfter = new ArrayList<>();

		final List<Long> oldGoneAfter = new ArrayList<>();

		final List<Long> refused = new ArrayList<>();

		List<String> failures = List.of();

		List<String> broken = List.of();

		long queries;

		private long longestRequest;

		private void take(QueryLoad load) {
			this.failures = List.copyOf(load.failures());
			this.broken = List.copyOf(load.broken());
			this.queries = load.queries();
			this.longestRequest = load.longestMillis();
		}

		long mostRefused() {
			return max(this.refused);
		}

		private static long max(List<Long> values) {
			return values.stream().mapToLong(Long::longValue).max().orElse(0);
		}

		@Override
		public String toString() {
			return this.queries + " queries, " + this.failures.size() + " failed requests, " + this.broken.size()
					+ " broken connections, " + this.refused.stream().mapToLong(Long::longValue).sum()
					+ " refused logins (at most " + mostRefused() + " a rotation), picked up within "
					+ max(this.pickedUpAfter) + " ms, old connections gone within " + max(this.oldGoneAfter)
					+ " ms, longest request " + this.longestRequest + " ms";
		}

	}

}
