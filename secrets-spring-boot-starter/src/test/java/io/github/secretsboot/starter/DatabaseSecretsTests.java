package io.github.secretsboot.starter;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.secretsboot.FailureReason;
import io.github.secretsboot.SecretChange;
import io.github.secretsboot.SecretSnapshot;
import io.github.secretsboot.Secrets;
import io.github.secretsboot.SecretsLoadException;
import io.github.secretsboot.test.SecretsManagerServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.datasource.AbstractDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests what an application gets of a database secret: Boot's own
 * {@link DataSourceProperties}, and the data source that is built with them.
 */
@ExtendWith(OutputCaptureExtension.class)
class DatabaseSecretsTests {

	private static final String NAME = "myapp/database";

	private static final String AS_DATASOURCE = "--secrets.sources[0].as=datasource";

	private static final String STRANGE = "canary-a${b}c#{1+1}\\${d}@:/?%41";

	private final SecretsManagerServer server = SecretsManagerServer.start();

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	@Test
	void whenSecretIsADatasourceThenBootBuildsADataSourceOfIt() {
		this.server.create(NAME, database("app", STRANGE));
		try (ConfigurableApplicationContext context = run(AS_DATASOURCE)) {
			assertThat(dataSource(context))
				.isEqualTo(new Login("jdbc:postgresql://db.example.com:5432/shop", "app", STRANGE));
		}
	}

	@Test
	void whenSecretRotatesThenUserNameAndPasswordChangeTogether() {
		this.server.create(NAME, database("app", "canary-1"));
		try (ConfigurableApplicationContext context = run(AS_DATASOURCE)) {
			Secrets secrets = context.getBean(Secrets.class);
			List<String> pairs = new ArrayList<>();
			secrets.onRotation(NAME, (snapshot) -> pairs.add(pair(snapshot)));
			this.server.rotate(NAME, database("app_clone", "canary-2"));
			assertThat(secrets.refresh().changes()).extracting(SecretChange::propertyNames)
				.containsExactly(Set.of("spring.datasource.username", "spring.datasource.password"));
			assertThat(pairs).containsExactly("app_clone canary-2 app_clone canary-2");
			assertThat(dataSource(context))
				.isEqualTo(new Login("jdbc:postgresql://db.example.com:5432/shop", "app_clone", "canary-2"));
			SecretSnapshot snapshot = secrets.get(NAME);
			assertThat(snapshot.propertyNames()).containsExactly("spring.datasource.url", "spring.datasource.username",
					"spring.datasource.password");
			assertThat(context.getEnvironment().containsProperty("password")).isFalse();
			assertThat(context.getEnvironment().containsProperty("engine")).isFalse();
		}
	}

	private static String pair(SecretSnapshot snapshot) {
		return String.join(" ", snapshot.get("username"), snapshot.get("password"),
				snapshot.get("spring.datasource.username"), snapshot.get("spring.datasource.password"));
	}

	@Test
	void whenOnlyAnotherKeyChangesThenNothingIsToldButTheSnapshotHasIt() {
		this.server.create(NAME, database("app", "canary-1"));
		try (ConfigurableApplicationContext context = run(AS_DATASOURCE)) {
			Secrets secrets = context.getBean(Secrets.class);
			this.server.rotate(NAME, database("app", "canary-1").replace("{", "{\"masterarn\":\"canary-arn\","));
			assertThat(secrets.refresh().changes()).isEmpty();
			assertThat(secrets.get(NAME).get("masterarn")).isEqualTo("canary-arn");
		}
	}

	@Test
	void whenConfigFileHasAUrlThenTheSecretsCountsAndAnArgumentMore() {
		this.server.create(NAME, database("app", "canary-1"));
		String file = "--spring.config.location=classpath:database.yml";
		try (ConfigurableApplicationContext context = run(AS_DATASOURCE, file)) {
			assertThat(dataSource(context))
				.isEqualTo(new Login("jdbc:postgresql://db.example.com:5432/shop", "app", "canary-1"));
		}
		try (ConfigurableApplicationContext context = run(AS_DATASOURCE, file,
				"--spring.datasource.url=jdbc:postgresql://localhost/shop")) {
			assertThat(dataSource(context)).isEqualTo(new Login("jdbc:postgresql://localhost/shop", "app", "canary-1"));
		}
	}

	@Test
	void whenAmazonRdsManagesTheSecretThenConfigFileHasTheUrl() {
		this.server.create(NAME, Map.of("username", "app", "password", "canary-1"));
		try (ConfigurableApplicationContext context = run(AS_DATASOURCE,
				"--spring.config.location=classpath:database.yml")) {
			assertThat(dataSource(context)).isEqualTo(new Login("jdbc:postgresql://file/shop", "app", "canary-1"));
		}
	}

	@Test
	void whenSecondDataSourceHasAPrefixThenBothAreThere() {
		this.server.create(NAME, database("app", "canary-1"));
		this.server.create("myapp/second", "mysql://second:canary-%402@db2/stock");
		try (ConfigurableApplicationContext context = run(AS_DATASOURCE, "--secrets.sources[1].name=myapp/second",
				"--secrets.sources[1].as=datasource", "--secrets.sources[1].prefix=app.second.")) {
			assertThat(dataSource(context).username()).isEqualTo("app");
			assertThat(Binder.get(context.getEnvironment()).bind("app.second", Login.class).get())
				.isEqualTo(new Login("jdbc:mysql://db2:3306/stock", "second", "canary-@2"));
		}
	}

	@Test
	void whenSecretIsForR2dbcThenItsPropertiesAreThere() {
		this.server.create(NAME, database("app", "canary-1"));
		try (ConfigurableApplicationContext context = run("--secrets.sources[0].as=r2dbc")) {
			assertThat(Binder.get(context.getEnvironment()).bind("spring.r2dbc", Login.class).get())
				.isEqualTo(new Login("r2dbc:postgresql://db.example.com:5432/shop", "app", "canary-1"));
		}
	}

	@Test
	void whenPreviousIsLoadedThenItIsUnderItsOwnNames() {
		this.server.create(NAME, database("app", "canary-1"));
		this.server.rotate(NAME, database("app_clone", "canary-2"));
		try (ConfigurableApplicationContext context = run(AS_DATASOURCE, "--secrets.sources[0].previous=true")) {
			Environment environment = context.getEnvironment();
			assertThat(environment.getProperty("spring.datasource.password.previous")).isEqualTo("canary-1");
			assertThat(dataSource(context).password()).isEqualTo("canary-2");
		}
	}

	@Test
	void whenKeyIsMissingThenStartFailsWithItsName(CapturedOutput output) {
		this.server.create(NAME, "{\"host\":\"canary-db\",\"username\":\"canary-app\",\"password\":\"canary-1\"}");
		SecretsLoadException failure = catchThrowableOfType(SecretsLoadException.class, () -> run(AS_DATASOURCE));
		assertThat(failure.getFailures()).singleElement()
			.satisfies((secret) -> assertThat(secret.reason()).isEqualTo(FailureReason.MALFORMED));
		assertThat(output.getAll()).contains(NAME)
			.contains("key 'engine' of a database secret is missing")
			.doesNotContain("canary-");
	}

	@Test
	void whenNewVersionIsBrokenThenTheLastGoodPairStays() {
		this.server.create(NAME, database("app", "canary-1"));
		try (ConfigurableApplicationContext context = run(AS_DATASOURCE)) {
			this.server.rotate(NAME, "{\"engine\":\"postgres\",\"host\":\"db\",\"username\":\"other\"}");
			assertThat(context.getBean(Secrets.class).refresh().changes()).isEmpty();
			assertThat(dataSource(context).username()).isEqualTo("app");
			assertThat(dataSource(context).password()).isEqualTo("canary-1");
		}
	}

	private ConfigurableApplicationContext run(String... arguments) {
		List<String> all = new ArrayList<>(List.of(arguments));
		all.add("--secrets.sources[0].name=" + NAME);
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.registerShutdownHook(false)
			.run(this.server.arguments(all.toArray(String[]::new)));
	}

	private static String database(String username, String password) {
		return "{\"engine\":\"aurora-postgresql\",\"host\":\"db.example.com\",\"port\":5432,\"dbname\":\"shop\",\"username\":\""
				+ username + "\",\"password\":\"" + password.replace("\\", "\\\\") + "\"}";
	}

	/** Bound anew, as by an application that starts now. */
	private static Login dataSource(ConfigurableApplicationContext context) {
		DataSourceProperties properties = Binder.get(context.getEnvironment())
			.bind("spring.datasource", DataSourceProperties.class)
			.get();
		assertThat(context.getBean(DataSourceProperties.class).getPassword()).isEqualTo(properties.getPassword());
		UnpooledDataSource dataSource = properties.initializeDataSourceBuilder()
			.type(UnpooledDataSource.class)
			.driverClassName("org.example.Driver")
			.build();
		return new Login(dataSource.url, dataSource.username, dataSource.password);
	}

	record Login(String url, String username, String password) {
	}

	public static class UnpooledDataSource extends AbstractDataSource {

		private String url;

		private String username;

		private String password;

		public void setUrl(String url) {
			this.url = url;
		}

		public void setUsername(String username) {
			this.username = username;
		}

		public void setPassword(String password) {
			this.password = password;
		}

		public void setDriverClassName(String driverClassName) {
			// There is no such driver
		}

		@Override
		public Connection getConnection() {
			throw new UnsupportedOperationException();
		}

		@Override
		public Connection getConnection(String username, String password) {
			throw new UnsupportedOperationException();
		}

	}

	@EnableAutoConfiguration(excludeName = { "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
			"org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration",
			"org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration" })
	@EnableConfigurationProperties(DataSourceProperties.class)
	static class Application {

	}

}
