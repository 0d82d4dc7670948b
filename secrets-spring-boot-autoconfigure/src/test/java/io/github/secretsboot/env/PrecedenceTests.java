package io.github.secretsboot.env;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

import io.github.secretsboot.refresh.SecretsEngine;
import io.github.secretsboot.test.SecretsManagerServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests who wins when a property is defined more than once.
 */
@ExtendWith(OutputCaptureExtension.class)
class PrecedenceTests {

	private static final String NAME = "stripe.secret-key";

	private static final String SOURCE = "--secrets.sources=myapp/keys";

	private final SecretsManagerServer server = SecretsManagerServer.start();

	@BeforeEach
	void createSecret() {
		this.server.create("myapp/keys", Map.of("STRIPE_SECRET_KEY", "canary-secret"));
	}

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	@Test
	void whenCommandLineHasThePropertyThenItWins() {
		assertThat(value(TestApplication.builder(), "--stripe.secret-key=canary-argument"))
			.isEqualTo("canary-argument");
	}

	@Test
	void whenSystemPropertyExistsThenItWins() {
		try (SystemProperties properties = new SystemProperties(Map.of(NAME, "canary-system"))) {
			assertThat(value(TestApplication.builder())).isEqualTo("canary-system");
		}
	}

	@Test
	void whenEnvironmentVariableExistsThenItWins() {
		assertThat(value(withVariable("STRIPE_SECRETKEY", "canary-variable"))).isEqualTo("canary-variable");
	}

	@Test
	void whenConfigFileHasThePropertyThenTheSecretWins() {
		assertThat(value(TestApplication.builder(), "--spring.config.location=classpath:precedence.yml"))
			.isEqualTo("canary-secret");
		assertThat(value(TestApplication.builder(), "--spring.config.location=classpath:precedence.yml",
				"--spring.profiles.active=prod"))
			.isEqualTo("canary-secret");
	}

	@Test
	void whenDefaultPropertyExistsThenTheSecretWins() {
		assertThat(value(TestApplication.builder().properties(NAME + "=canary-default"))).isEqualTo("canary-secret");
	}

	@Test
	void whenPropertySourceAnnotationHasThePropertyThenTheSecretWins() {
		assertThat(value(TestApplication.builder(Annotated.class))).isEqualTo("canary-secret");
	}

	@Test
	void whenTwoSecretsDefineThePropertyThenTheLaterWinsAndItIsWarnedOnce(CapturedOutput output) {
		this.server.create("myapp/later", Map.of("stripe.secret-key", "canary-later"));
		try (ConfigurableApplicationContext context = TestApplication.run(this.server,
				"--secrets.sources=myapp/keys,myapp/later")) {
			assertThat(context.getEnvironment().getProperty(NAME)).isEqualTo("canary-later");
			assertThat(context.getEnvironment().getProperty("STRIPE_SECRET_KEY")).isEqualTo("canary-later");
			context.getBean(SecretsEngine.class).refresh();
		}
		assertThat(output.getAll())
			.containsOnlyOnce("Property 'stripe.secret-key' is defined by secret 'myapp/keys'"
					+ " and by secret 'myapp/later', which wins")
			.doesNotContain("canary-");
	}

	@Test
	void whenAHigherSourceOverridesAPropertyThenItIsWarnedOnce(CapturedOutput output) {
		try (ConfigurableApplicationContext context = TestApplication.run(this.server, SOURCE,
				"--stripe.secret-key=canary-argument")) {
			this.server.rotate("myapp/keys", Map.of("STRIPE_SECRET_KEY", "canary-rotated"));
			context.getBean(SecretsEngine.class).refresh();
		}
		assertThat(output.getAll())
			.containsOnlyOnce("Property 'STRIPE_SECRET_KEY' of secret 'myapp/keys' is overridden by property source"
					+ " 'commandLineArgs'")
			.doesNotContain("canary-");
	}

	@Test
	void whenAPropertyIsOverriddenLaterThenItsNextRotationIsWarnedAbout(CapturedOutput output) {
		try (ConfigurableApplicationContext context = TestApplication.run(this.server, SOURCE)) {
			SecretsEngine engine = context.getBean(SecretsEngine.class);
			Map<String, Object> added = Map.of("stripe.secret-key", "canary-added");
			context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("added", added));
			this.server.rotate("myapp/keys", Map.of("STRIPE_SECRET_KEY", "canary-secret", "other", "canary-other"));
			engine.refresh();
			assertThat(output.getAll()).doesNotContain("is overridden");
			this.server.rotate("myapp/keys", Map.of("STRIPE_SECRET_KEY", "canary-rotated", "other", "canary-other"));
			engine.refresh();
		}
		assertThat(output.getAll()).containsOnlyOnce(
				"Property 'STRIPE_SECRET_KEY' of secret 'myapp/keys' is overridden by property source" + " 'added'");
	}

	@Test
	void whenAVariableOverridesAPropertyThenItIsWarnedAbout(CapturedOutput output) {
		value(withVariable("STRIPE_SECRET_KEY", "canary-variable"));
		assertThat(output.getAll())
			.containsOnlyOnce("Property 'STRIPE_SECRET_KEY' of secret 'myapp/keys' is"
					+ " overridden by property source 'systemEnvironment'")
			.doesNotContain("canary-");
	}

	@Test
	void whenNothingOverridesThenNothingIsWarnedAbout(CapturedOutput output) {
		value(TestApplication.builder());
		assertThat(output.getAll().lines()).noneMatch((line) -> line.contains("WARN") && line.contains("i.g.s."));
	}

	@Test
	void whenSecretsAreLoadedThenTheirSourceFollowsTheSystemEnvironment() {
		try (ConfigurableApplicationContext context = TestApplication.run(this.server, SOURCE)) {
			List<String> names = StreamSupport
				.stream(context.getEnvironment().getPropertySources().spliterator(), false)
				.<String>map(PropertySource::getName)
				.toList();
			assertThat(names).containsSubsequence("commandLineArgs", "systemProperties", "systemEnvironment",
					"secrets");
			assertThat(names.indexOf("secrets")).isEqualTo(names.indexOf("systemEnvironment") + 1);
		}
	}

	private String value(SpringApplicationBuilder builder, String... arguments) {
		String[] all = Arrays.copyOf(arguments, arguments.length + 1);
		all[arguments.length] = SOURCE;
		try (ConfigurableApplicationContext context = builder.run(this.server.arguments(all))) {
			return context.getEnvironment().getProperty(NAME);
		}
	}

	private static SpringApplicationBuilder withVariable(String name, String value) {
		ConfigurableEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new SystemEnvironmentPropertySource(
					StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, Map.of(name, value)));
		return TestApplication.builder().environment(environment);
	}

	@Configuration(proxyBeanMethods = false)
	@org.springframework.context.annotation.PropertySource("classpath:precedence.properties")
	static class Annotated {

	}

}
