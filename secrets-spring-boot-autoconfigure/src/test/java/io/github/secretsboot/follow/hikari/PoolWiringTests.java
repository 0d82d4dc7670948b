package io.github.secretsboot.follow.hikari;

import java.time.Clock;
import java.util.Map;
import java.util.Set;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariCredentialsProvider;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.Credentials;
import io.github.secretsboot.SecretValidator;
import io.github.secretsboot.autoconfigure.SecretsAutoConfiguration;
import io.github.secretsboot.autoconfigure.SecretsFollowAutoConfiguration;
import io.github.secretsboot.consumers.SecretConsumer;
import io.github.secretsboot.consumers.SecretConsumer.Connections;
import io.github.secretsboot.consumers.SecretConsumer.Mode;
import io.github.secretsboot.consumers.SecretConsumers;
import io.github.secretsboot.env.SecretsPropertySource;
import io.github.secretsboot.fetch.TestSecretReader;
import io.github.secretsboot.follow.Followers;
import io.github.secretsboot.follow.jdbc.RotatingLogins;
import io.github.secretsboot.mapping.MappingRules;
import io.github.secretsboot.refresh.SecretSource;
import io.github.secretsboot.refresh.TestEngine;
import io.github.secretsboot.refresh.TestSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.autoconfigure.RefreshAutoConfiguration;
import org.springframework.cloud.context.config.annotation.RefreshScope;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests which pools follow which secret. No pool is started, so no database is needed.
 */
@ExtendWith(OutputCaptureExtension.class)
class PoolWiringTests {

	private final TestSecretReader reader = new TestSecretReader().put("first", secret("app", "canary-1"))
		.put("second", secret("reports", "canary-1"));

	private final SecretsPropertySource secrets = secrets();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SecretsAutoConfiguration.class, SecretsFollowAutoConfiguration.class,
				HikariFollowerAutoConfiguration.class))
		.withInitializer(this::addSecrets);

	private static String secret(String username, String password) {
		// A database often has the name of its user
		return "{\"dbname\":\"%s\",\"username\":\"%s\",\"password\":\"%s\",\"host\":\"db\"}".formatted(username,
				username, password);
	}

	private SecretsPropertySource secrets() {
		return new SecretsPropertySource(
				TestEngine.loaded(this.reader, Clock.systemUTC(), source("first", 0), source("second", 1)));
	}

	private static SecretSource source(String name, int position) {
		return TestSource.named(name)
			.at(position)
			.mappedBy(new MappingRules(name + ".", Map.of(), MappingRules.DEFAULT.format()))
			.build();
	}

	private void addSecrets(ConfigurableApplicationContext context) {
		context.getEnvironment().getPropertySources().addFirst(this.secrets);
		context.getBeanFactory().registerSingleton("secretsEngine", this.secrets.getSource());
		context.getBeanFactory().registerSingleton("secretsPropertySource", this.secrets);
	}

	private void rotate(String name, String username, String password) {
		this.reader.put(name, secret(username, password));
		this.secrets.getSource().refresh();
	}

	private static HikariDataSource pool(String username, String password) {
		HikariDataSource pool = new HikariDataSource();
		pool.setJdbcUrl("jdbc:none:db");
		pool.setUsername(username);
		pool.setPassword(password);
		return pool;
	}

	private static void hasCredentials(HikariDataSource pool, String username, String password) {
		Credentials credentials = pool.getCredentials();
		assertThat(credentials.getUsername()).isEqualTo(username);
		assertThat(credentials.getPassword()).isEqualTo(password);
	}

	@Test
	void whenPasswordsAreEqualThenPoolFollowsTheSecretOfItsUser() {
		this.runner.withBean("pool", HikariDataSource.class, () -> pool("reports", "canary-1")).run((context) -> {
			HikariDataSource pool = context.getBean(HikariDataSource.class);
			rotate("first", "app", "canary-2");
			hasCredentials(pool, "reports", "canary-1");
			rotate("second", "reports_clone", "canary-3");
			hasCredentials(pool, "reports_clone", "canary-3");
			assertThat(context.getBean(SecretConsumers.class).list()).containsExactly(new SecretConsumer("pool",
					"credentials", Set.of("second.username", "second.password"), Mode.LIVE, Connections.REPLACED));
		});
	}

	@Test
	void whenUserNameIsNoSecretThenOnlyThePasswordFollows() {
		this.reader.put("first", "{\"dbname\":\"app\",\"password\":\"canary-9\"}");
		this.secrets.getSource().refresh();
		this.runner.withBean("pool", HikariDataSource.class, () -> pool("app", "canary-9")).run((context) -> {
			this.reader.put("first", "{\"dbname\":\"shop\",\"password\":\"canary-10\"}");
			this.secrets.getSource().refresh();
			hasCredentials(context.getBean(HikariDataSource.class), "app", "canary-10");
		});
	}

	@Test
	void whenTwoSecretsAreEqualThenConfigurationDecides() {
		rotate("second", "app", "canary-1");
		this.runner.withUserConfiguration(BoundPool.class)
			.withPropertyValues("app.pool.jdbc-url=jdbc:none:db", "app.pool.username=${second.username}",
					"app.pool.password=${second.password}")
			.run((context) -> {
				rotate("first", "other", "canary-2");
				rotate("second", "app_clone", "canary-3");
				hasCredentials(context.getBean(HikariDataSource.class), "app_clone", "canary-3");
				assertThat(context.getBean(SecretConsumers.class).list()).extracting(SecretConsumer::member)
					.containsExactly("credentials");
			});
	}

	@Test
	void whenTwoSecretsAreEqualAndNothingDecidesThenSaysSo(CapturedOutput output) {
		rotate("second", "app", "canary-1");
		this.runner.withBean("pool", HikariDataSource.class, () -> pool("app", "canary-1")).run((context) -> {
			rotate("first", "app", "canary-2");
			hasCredentials(context.getBean(HikariDataSource.class), "app", "canary-1");
			assertThat(output).contains("'pool' does not follow any secret").doesNotContain("canary");
		});
	}

	@Test
	void whenPasswordIsNoSecretThenPoolIsLeftAlone() {
		this.runner.withBean("pool", HikariDataSource.class, () -> pool("app", "known")).run((context) -> {
			rotate("first", "other", "canary-2");
			hasCredentials(context.getBean(HikariDataSource.class), "app", "known");
			assertThat(context.getBean(HikariDataSource.class).getDataSource()).isNull();
		});
	}

	@Test
	void whenPoolHasItsOwnProviderThenIsLeftAlone() {
		HikariDataSource pool = pool("app", "canary-1");
		HikariCredentialsProvider provider = () -> Credentials.of("iam", "token");
		pool.setCredentialsProvider(provider);
		this.runner.withBean("pool", HikariDataSource.class, () -> pool).run((context) -> {
			assertThat(pool.getDataSource()).isNull();
			assertThat(context.getBean(SecretConsumers.class).list()).isEmpty();
		});
	}

	@Test
	void whenPoolsAreBehindProxiesAndRoutersThenTheyFollow() {
		HikariDataSource reader = pool("reports", "canary-1");
		HikariDataSource writer = pool("app", "canary-1");
		this.runner.withBean("router", DataSource.class, () -> new Router(reader, writer)).run((context) -> {
			rotate("first", "app", "canary-2");
			rotate("second", "reports", "canary-3");
			hasCredentials(writer, "app", "canary-2");
			hasCredentials(reader, "reports", "canary-3");
		});
	}

	@Test
	void whenPoolIsInRefreshScopeThenItIsFollowedOnceAndNotCreatedForThat() {
		this.runner.withUserConfiguration(ScopedPool.class)
			.withConfiguration(AutoConfigurations.of(RefreshAutoConfiguration.class))
			.run((context) -> {
				context.getBean("pool", HikariDataSource.class).getUsername();
				assertThat(context.getBean(SecretConsumers.class).list()).extracting(SecretConsumer::bean)
					.containsExactly("scopedTarget.pool");
				rotate("first", "app_clone", "canary-2");
				assertThat(context.getBean("pool", HikariDataSource.class).getUsername()).isEqualTo("app_clone");
			});
	}

	@Test
	void whenConfigIsABeanThenPoolsMadeOfItFollowAndWaitForRotations() {
		this.runner.withUserConfiguration(ConfigBean.class)
			.withPropertyValues("app.pool.jdbc-url=jdbc:none:db", "app.pool.username=${first.username}",
					"app.pool.password=${first.password}")
			.run((context) -> assertThat(context.getBean("config", HikariConfig.class).getDataSource())
				.isInstanceOf(RotatingLogins.class));
	}

	@Test
	void whenPropertiesOfTheSameSecretChangeThenSealedPoolIsNotBoundAgain() {
		this.runner.withUserConfiguration(BoundPool.class)
			.withPropertyValues("app.pool.jdbc-url=jdbc:none:${first.host}", "app.pool.username=${first.username}",
					"app.pool.password=${first.password}")
			.run((context) -> {
				HikariDataSource pool = context.getBean(HikariDataSource.class);
				this.reader.put("first", "{\"host\":\"elsewhere\",\"username\":\"app2\",\"password\":\"canary-2\"}");
				this.secrets.getSource().refresh();
				hasCredentials(pool, "app2", "canary-2");
				assertThat(pool.getJdbcUrl()).isEqualTo("jdbc:none:db");
			});
	}

	@Test
	void whenPasswordHasPlaceholdersThenPoolGetsItAsItIsInTheSecret() {
		rotate("first", "app", "canary ${user.name} #{1+1}");
		this.runner.withUserConfiguration(BoundPool.class)
			.withPropertyValues("app.pool.jdbc-url=jdbc:none:db", "app.pool.username=${first.username}",
					"app.pool.password=${first.password}")
			.run((context) -> {
				HikariDataSource pool = context.getBean(HikariDataSource.class);
				assertThat(pool.getPassword()).isEqualTo("canary ${user.name} #{1+1}");
				rotate("first", "app", "canary-2 ${user.name}");
				hasCredentials(pool, "app", "canary-2 ${user.name}");
			});
	}

	@Test
	void whenHikariIsAbsentThenStarts() {
		this.runner.withClassLoader(new FilteredClassLoader("com.zaxxer.hikari")).run((context) -> {
			assertThat(context).hasNotFailed().doesNotHaveBean("secretsHikariPools").hasSingleBean(Followers.class);
			assertThat(context.getBean(SecretConsumers.class).list()).isEmpty();
		});
	}

	@Test
	void whenSpringJdbcIsAbsentThenPoolsFollow() {
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.jdbc"))
			.withBean("pool", HikariDataSource.class, () -> pool("app", "canary-1"))
			.run((context) -> {
				rotate("first", "app", "canary-2");
				hasCredentials(context.getBean(HikariDataSource.class), "app", "canary-2");
			});
	}

	@Test
	void whenSwitchedOffThenPoolIsNeitherFollowedNorBoundInHalves() {
		this.runner.withUserConfiguration(BoundPool.class)
			.withPropertyValues("secrets.follow.enabled=false", "app.pool.jdbc-url=jdbc:none:db",
					"app.pool.username=${first.username}", "app.pool.password=${first.password}")
			.run((context) -> {
				rotate("first", "other", "canary-2");
				hasCredentials(context.getBean(HikariDataSource.class), "app", "canary-1");
				assertThat(context.getBean(SecretConsumers.class).list()).isNotEmpty()
					.allMatch((consumer) -> consumer.mode() == Mode.FROZEN);
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "secrets.follow.enabled=false", "secrets.follow.exclude=hikari" })
	void whenLeftOutThenPoolIsLeftAlone(String property) {
		this.runner.withPropertyValues(property)
			.withBean("pool", HikariDataSource.class, () -> pool("app", "canary-1"))
			.run((context) -> {
				rotate("first", "other", "canary-2");
				hasCredentials(context.getBean(HikariDataSource.class), "app", "canary-1");
				assertThat(context.getBean(HikariDataSource.class).getDataSource()).isNull();
			});
	}

	@Test
	void whenExcludedTechnologyIsUnknownThenFailsAndListsTheKnown() {
		this.runner.withPropertyValues("secrets.follow.exclude=hikary")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContainingAll("secrets.follow.exclude", "hikary", "hikari"));
	}

	@Test
	void whenValidationIsSwitchedOffThenThereIsNoValidator() {
		this.runner.withPropertyValues("secrets.follow.validate=false")
			.run((context) -> assertThat(context).doesNotHaveBean(SecretValidator.class));
		this.runner.run((context) -> assertThat(context).hasSingleBean(SecretValidator.class));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties
	static class BoundPool {

		@Bean
		@ConfigurationProperties("app.pool")
		HikariDataSource pool() {
			return new HikariDataSource();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ScopedPool {

		@Bean
		@RefreshScope
		HikariDataSource pool() {
			return PoolWiringTests.pool("app", "canary-1");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties
	static class ConfigBean {

		@Bean
		@ConfigurationProperties("app.pool")
		HikariConfig config() {
			return new HikariConfig();
		}

	}

	static class Router extends AbstractRoutingDataSource {

		Router(DataSource reader, DataSource writer) {
			setTargetDataSources(Map.of("reader", new LazyConnectionDataSourceProxy(reader)));
			setDefaultTargetDataSource(writer);
			afterPropertiesSet();
		}

		@Override
		protected Object determineCurrentLookupKey() {
			return "reader";
		}

	}

}
