package io.github.secretsboot.env;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.secretsboot.Secrets;
import io.github.secretsboot.refresh.SecretsEngine;
import io.github.secretsboot.test.SecretsManagerServer;
import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests what somebody can do who can write a secret and nothing else: not run code, open
 * anything or change how the application is configured, unless the application allows it.
 */
@ExtendWith(OutputCaptureExtension.class)
class WhatASecretMaySetTests {

	private static final String NAME = "myapp/api-keys";

	private final SecretsManagerServer server = SecretsManagerServer.start();

	@TempDir
	private Path directory;

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "spring.main.sources", "SPRING_MAIN_SOURCES", "Spring.Main-Sources", "s-pring.main.sources",
					"SPRING_MAIN_SOURCES_0_", "spring[main].sources", "S-PRING_MAIN_SOURCES", "spring..main.sources" })
	void whenSecretNamesBeanDefinitionsThenTheyAreNotLoaded(String key) throws Exception {
		this.server.create(NAME, Map.of(key, beanDefinitions()));
		try (ConfigurableApplicationContext context = run()) {
			assertThat(context.containsBean("evil")).isFalse();
			assertThat(context.getEnvironment().getProperty("spring.main.sources")).isNull();
			assertThat(context.getEnvironment().getProperty("spring.main.sources[0]")).isNull();
		}
	}

	@Test
	void whenSecretNamesBeanDefinitionsInNestedJsonThenTheyAreNotLoaded() throws Exception {
		this.server.create(NAME,
				"{\"spring\":{\"main\":{\"sources\":[\"" + beanDefinitions() + "\"]}},\"debug\":true}");
		try (ConfigurableApplicationContext context = run()) {
			assertThat(context.containsBean("evil")).isFalse();
			assertThat(context.getEnvironment().getProperty("debug")).isNull();
		}
	}

	/** That is what the others protect from. */
	@Test
	void whenApplicationAllowsItThenBeanDefinitionsAreLoaded() throws Exception {
		this.server.create(NAME, Map.of("SPRING_MAIN_SOURCES", beanDefinitions()));
		try (ConfigurableApplicationContext context = run("--secrets.sources[0].allow=spring.main.*")) {
			assertThat(context.containsBean("evil")).isTrue();
		}
	}

	@Test
	void whenSecretConfiguresLoggingThenLevelsStay() {
		this.server.create(NAME, Map.of("logging.level.io.github.secretsboot.evil", "off", "LOGGING_CONFIG",
				"file:/canary-logback.xml", "DEBUG", "true"));
		try (ConfigurableApplicationContext context = run()) {
			assertThat(LogFactory.getLog("io.github.secretsboot.evil").isErrorEnabled()).isTrue();
			assertThat(ignored(context)).hasSize(3);
		}
	}

	@Test
	void whenKeysAreLeftOutThenTheyAreNamedOnceWithTheLineToAdd(CapturedOutput output) {
		this.server.create(NAME, Map.of("spring.main.banner-mode", "canary-1"));
		try (ConfigurableApplicationContext context = run()) {
			Secrets secrets = context.getBean(Secrets.class);
			this.server.rotate(NAME,
					"{\"spring.main.banner-mode\":\"canary-2\",\"server.port\":\"canary-3\"," + "\"A\":\"canary-4\"}");
			secrets.refresh();
			this.server.rotate(NAME,
					"{\"spring.main.banner-mode\":\"canary-5\",\"server.port\":\"canary-6\",\"A\":\"canary-7\"}");
			secrets.refresh();
			assertThat(context.getEnvironment().getProperty("A")).isEqualTo("canary-7");
		}
		assertThat(warnings(output)).hasSize(2);
		assertThat(warnings(output).get(0)).endsWith("Secret 'myapp/api-keys' must not configure the framework, so it"
				+ " does not set 'spring.main.banner-mode'. To allow that, add to the entry"
				+ " 'myapp/api-keys' in secrets.sources: allow: [\"spring.main.banner-mode\"]");
		assertThat(warnings(output).get(1)).contains("does not set 'server.port'.")
			.endsWith("allow: [\"spring.main.banner-mode\", \"server.port\"]");
		assertThat(output.getAll()).doesNotContain("canary-");
	}

	@Test
	void whenSomethingIsAllowedThenTheLineToAddKeepsIt(CapturedOutput output) {
		this.server.create(NAME, Map.of("server.port", "0"));
		run("--secrets.sources[0].allow=spring.main.*").close();
		assertThat(warnings(output)).singleElement().asString().endsWith("allow: [\"spring.main.*\", \"server.port\"]");
	}

	@Test
	void whenContentStaysTheSameThenLeftOutKeysAreThoseOfTheNewVersion() {
		this.server.create(NAME, Map.of("A", "canary-1"));
		try (ConfigurableApplicationContext context = run()) {
			this.server.rotate(NAME, Map.of("A", "canary-1", "logging.config", "canary-2"));
			assertThat(context.getBean(Secrets.class).refresh().changes()).isEmpty();
			assertThat(ignored(context)).containsExactly("logging.config");
			this.server.rotate(NAME, Map.of("A", "canary-1"));
			context.getBean(Secrets.class).refresh();
			assertThat(ignored(context)).isEmpty();
		}
	}

	@Test
	void whenNewVersionIsRefusedThenLeftOutKeysAreThoseOfTheVersionInUse() {
		this.server.create(NAME, Map.of("A", "canary-1", "logging.config", "canary-2"));
		try (ConfigurableApplicationContext context = run()) {
			this.server.rotate(NAME, "{broken");
			context.getBean(Secrets.class).refresh();
			assertThat(ignored(context)).containsExactly("logging.config");
		}
	}

	@Test
	void whenPreviousIsLoadedThenTheSameRuleHolds(CapturedOutput output) {
		this.server.create(NAME, Map.of("spring.datasource.password", "canary-1", "server.port", "1"));
		this.server.rotate(NAME, Map.of("spring.datasource.password", "canary-2", "logging.config", "canary-3"));
		try (ConfigurableApplicationContext context = run("--secrets.sources[0].previous=true")) {
			ConfigurableEnvironment environment = context.getEnvironment();
			assertThat(environment.getProperty("spring.datasource.password")).isEqualTo("canary-2");
			assertThat(environment.getProperty("spring.datasource.password.previous")).isEqualTo("canary-1");
			assertThat(environment.getProperty("server.port.previous")).isNull();
			assertThat(ignored(context)).containsExactly("logging.config", "server.port");
		}
		assertThat(warnings(output)).singleElement().asString().contains("'logging.config', 'server.port'");
	}

	@Test
	void whenApplicationWritesPrefixOrNameThenNothingIsLeftOut(CapturedOutput output) {
		this.server.create("database", "{\"engine\":\"postgres\",\"host\":\"db\",\"port\":5432,\"username\":\"app\","
				+ "\"password\":\"canary-1\",\"dbname\":\"orders\",\"dbInstanceIdentifier\":\"x\"}");
		this.server.create(NAME, Map.of("MODE", "off"));
		try (ConfigurableApplicationContext context = TestApplication.run(this.server,
				"--secrets.sources[0].name=database", "--secrets.sources[0].prefix=spring.datasource.",
				"--secrets.sources[1].name=" + NAME, "--secrets.sources[1].keys.MODE=spring.main.some-mode",
				"--secrets.sources[2].name=database", "--secrets.sources[2].as=r2dbc")) {
			ConfigurableEnvironment environment = context.getEnvironment();
			assertThat(environment.getProperty("spring.datasource.engine")).isEqualTo("postgres");
			assertThat(environment.getProperty("spring.main.some-mode")).isEqualTo("off");
			assertThat(environment.getProperty("spring.r2dbc.url")).isEqualTo("r2dbc:postgresql://db:5432/orders");
		}
		assertThat(warnings(output)).isEmpty();
	}

	@Test
	void whenOneSourceMayThenAnotherStillMayNot() {
		this.server.create("good", Map.of("SPRING_MAIN_SOME_MODE", "good"));
		this.server.create("evil", Map.of("spring.main.some-mode", "canary-1", "spring-main.some-mode", "canary-2"));
		try (ConfigurableApplicationContext context = TestApplication.run(this.server, "--secrets.sources[0].name=good",
				"--secrets.sources[0].allow=spring.main.some-mode", "--secrets.sources[1].name=evil",
				"--secrets.sources[2]=evil")) {
			for (String name : List.of("spring.main.some-mode", "SPRING_MAIN_SOME_MODE", "spring.main.some.mode")) {
				assertThat(context.getEnvironment().getProperty(name)).isEqualTo("good");
			}
		}
	}

	@Test
	void whenOnlyIsGivenThenOtherKeysAreLeftOutSilently(CapturedOutput output) {
		this.server.create(NAME,
				"{\"A\":\"canary-1\",\"B\":\"canary-2\",\"server.port\":\"1\",\"c\":{\"d\":\"canary-3\"}}");
		try (ConfigurableApplicationContext context = run("--secrets.sources[0].only=A,c")) {
			assertThat(context.getBean(Secrets.class).get(NAME).propertyNames()).containsExactly("A", "c.d");
			assertThat(ignored(context)).isEmpty();
		}
		assertThat(warnings(output)).isEmpty();
	}

	@Test
	void whenOnlyNamesAKeyThatTheSecretLacksThenTheWarningNamesThoseThatItHas(CapturedOutput output) {
		this.server.create(NAME, "{\"STRIPE_SECRET_KEY\":\"canary-1\",\"OTHER\":\"canary-2\"}");
		try (ConfigurableApplicationContext context = run("--secrets.sources[0].only=STRIPE_KEY,OTHER")) {
			context.getBean(Secrets.class).refresh();
		}
		assertThat(warnings(output)).singleElement()
			.asString()
			.endsWith("Secret 'myapp/api-keys' has no key 'STRIPE_KEY', which 'only' lists. These keys of the"
					+ " secret are not listed: 'STRIPE_SECRET_KEY'");
	}

	@Test
	void whenPatternIsNoneThenStartFails() {
		this.server.create(NAME, "canary-1");
		assertThatExceptionOfType(SecretsConfigurationException.class)
			.isThrownBy(() -> run("--secrets.sources[0].allow=spring.*.sources"))
			.withMessageContaining("secrets.sources[0].allow");
	}

	private ConfigurableApplicationContext run(String... arguments) {
		List<String> all = new ArrayList<>(List.of(arguments));
		all.add("--secrets.sources[0].name=" + NAME);
		return TestApplication.run(this.server, all.toArray(String[]::new));
	}

	private String beanDefinitions() throws Exception {
		return Files.writeString(this.directory.resolve("evil.xml"), """
				<beans xmlns="http://www.springframework.org/schema/beans"
						xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
						xsi:schemaLocation="http://www.springframework.org/schema/beans
						https://www.springframework.org/schema/beans/spring-beans.xsd">
					<bean id="evil" class="java.lang.Object"/>
				</beans>
				""").toUri().toString();
	}

	private static Iterable<String> ignored(ConfigurableApplicationContext context) {
		return context.getBean(SecretsEngine.class).state().sources().get(0).leftOut().ignored();
	}

	private static List<String> warnings(CapturedOutput output) {
		return output.getAll().lines().filter((line) -> line.contains(" WARN ") && line.contains(" i.g.s.")).toList();
	}

}
