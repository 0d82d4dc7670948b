package io.github.secretsboot.inject;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.secretsboot.Secrets;
import io.github.secretsboot.env.TestApplication;
import io.github.secretsboot.test.SecretsManagerServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.SpringProperties;
import org.springframework.core.env.AbstractPropertyResolver;
import org.springframework.core.env.ConfigurableEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the value of a secret means what it says, by whichever route it gets into
 * the application: a table of values and routes.
 */
@ExtendWith(OutputCaptureExtension.class)
class LiteralValuesTests {

	private static final SecretsManagerServer server = SecretsManagerServer.start();

	private static final ConfigurableApplicationContext context = run();

	private static ConfigurableApplicationContext run() {
		server.create("myapp/literal", Map.of("DB_PASSWORD", "canary-first"));
		return TestApplication.builder(Consumers.class)
			.properties("app.through=${db.password}", "app.chain=${app.through}", "app.part=<${DB_PASSWORD}>",
					"app.default=${app.absent:${db.password}}", "bound.through=${app.chain}",
					"bound.password=${DB_PASSWORD}", "app.known=must not be seen", "app.escaped=\\${app.known}",
					"app.number=${app.absent:1}")
			.run(server.arguments("--secrets.sources=myapp/literal"));
	}

	@AfterAll
	static void close() {
		context.close();
		server.close();
	}

	static List<String> values() {
		return List.of("canary-plain", "canary-${app.known}-end", "${app.known}", "${canary-absent}",
				"${canary-absent:canary-default}", "canary-\\${app.known}", "canary-\\\\${app.known}",
				"canary-\\\\\\${app.known}", "canary-\\", "canary-\\}", "canary-${", "canary-${open", "canary-}${",
				"${}canary-", "${canary-${app.known}}", "${${app.known}", "canary-${a{b}c}", "canary-${a{b}c",
				"canary-${a}}", "$${app.known}", "canary-${app.known}${app.known}", "canary-\\${app.known}\\${",
				"canary-${DB_PASSWORD}", "${DB_PASSWORD}canary-", "canary-:a:b", "canary-\\:a", "canary-#{1+1}",
				"#{'canary-a'}", "#{T(java.lang.Math).random()}canary-", "canary-#{", "#{canary-", "canary-}#{",
				"canary-#{'", "canary-#${app.known}", "canary-#{${app.known}}", "canary-#{'${app.known}'}",
				"canary-$#{1}", "canary-#", "{canary-}", "canary-%20+&=@/?;'\"`<>|!*()[]", " canary- with blanks ",
				"canary-ä€\uD83D\uDE00", "canary-%{x}", "@canary@", "{cipher}canary-");
	}

	@ParameterizedTest
	@MethodSource("values")
	void whenSecretHasValueThenEveryRouteGivesItBack(String value) {
		server.rotate("myapp/literal", Map.of("DB_PASSWORD", value));
		context.getBean(Secrets.class).refresh();
		Map<String, String> routes = routes();
		assertThat(routes).allSatisfy((route, result) -> assertThat(route + ": " + result)
			.isEqualTo(route + ": " + (route.contains("part") ? "<" + value + ">" : value)));
	}

	private Map<String, String> routes() {
		Map<String, String> routes = new LinkedHashMap<>();
		ConfigurableEnvironment environment = context.getEnvironment();
		routes.put("snapshot", context.getBean(Secrets.class).get("myapp/literal").get("DB_PASSWORD"));
		for (String name : List.of("DB_PASSWORD", "db.password", "app.through", "app.chain", "app.part",
				"app.default")) {
			routes.put("getProperty " + name, environment.getProperty(name));
			routes.put("getRequiredProperty " + name, environment.getRequiredProperty(name));
			routes.put("getProperty, an object, " + name, (String) environment.getProperty(name, Object.class));
			routes.put("resolvePlaceholders " + name, environment.resolvePlaceholders("${" + name + "}"));
			routes.put("resolveRequiredPlaceholders " + name,
					environment.resolveRequiredPlaceholders("${" + name + "}"));
			routes.put("resolveEmbeddedValue " + name,
					context.getBeanFactory().resolveEmbeddedValue("${" + name + "}"));
		}
		Binder binder = Binder.get(environment);
		for (String name : List.of("db.password", "app.through", "app.chain", "app.part", "app.default")) {
			routes.put("binder " + name, binder.bind(name, String.class).get());
		}
		routes.put("binder, a map",
				binder.bind("db", Bindable.mapOf(String.class, String.class)).get().get("password"));
		put("updated", context.getBean(Fields.class), routes);
		put("new", context.getAutowireCapableBeanFactory().createBean(Fields.class), routes);
		Parameters parameters = context.getAutowireCapableBeanFactory().createBean(Parameters.class);
		routes.put("constructor", parameters.value);
		Bound bound = context.getBean(Bound.class);
		routes.put("bound", bound.password);
		routes.put("bound through", bound.through);
		return routes;
	}

	private void put(String kind, Fields fields, Map<String, String> routes) {
		routes.put(kind + " field", fields.direct);
		routes.put(kind + " field in other spelling", fields.spelling);
		routes.put(kind + " field, part of a text", fields.part);
		routes.put(kind + " field, part of a property", fields.partOfProperty);
		routes.put(kind + " field, through", fields.through);
		routes.put(kind + " field, default", fields.byDefault);
		routes.put(kind + " field, expression that asks the environment", fields.environment);
		routes.put(kind + " setter", fields.set);
	}

	@Test
	void whenApplicationItselfWritesExpressionOrPlaceholderThenItIsEvaluated() {
		server.rotate("myapp/literal", Map.of("DB_PASSWORD", "canary-a,canary-b"));
		context.getBean(Secrets.class).refresh();
		Expressions expressions = context.getAutowireCapableBeanFactory().createBean(Expressions.class);
		assertThat(expressions.list).containsExactly("canary-a", "canary-b");
		assertThat(expressions.length).isEqualTo(17);
		assertThat(expressions.sum).isEqualTo(2);
		assertThat(expressions.known).isEqualTo("must not be seen");
		assertThat(context.getEnvironment().getProperty("app.escaped")).isEqualTo("${app.known}");
	}

	@Test
	void whenApplicationPutsValueIntoExpressionThenValueInQuotesStaysText() {
		server.rotate("myapp/literal", Map.of("DB_PASSWORD", "canary-#{1+1}${app.known}"));
		context.getBean(Secrets.class).refresh();
		Expressions expressions = context.getAutowireCapableBeanFactory().createBean(Expressions.class);
		assertThat(expressions.list).containsExactly("canary-#{1+1}${app.known}");
	}

	@Test
	void whenBytesOrAnotherEscapeCharacterCouldMakeAPlaceholderThenThereIsOneWarning(CapturedOutput output) {
		String escapeCharacter = AbstractPropertyResolver.DEFAULT_PLACEHOLDER_ESCAPE_CHARACTER_PROPERTY_NAME;
		server.create("myapp/binary", "canary-${x}".getBytes(StandardCharsets.UTF_8));
		server.create("myapp/text", Map.of("text", "canary-${x}", "other", "canary-${"));
		TestApplication.run(server, "--secrets.sources=myapp/text,myapp/binary").close();
		assertThat(output.getAll()).contains("Property 'binary' of secret 'myapp/binary' has a value that looks like a")
			.doesNotContain("Property 'text'")
			.doesNotContain("canary-${");
		SpringProperties.setProperty(escapeCharacter, "~");
		try {
			TestApplication.run(server, "--secrets.sources=myapp/text").close();
		}
		finally {
			SpringProperties.setProperty(escapeCharacter, null);
		}
		assertThat(output.getAll()).contains("Property 'text' of secret 'myapp/text' has a value that looks like a")
			.contains("because " + escapeCharacter + " is not a backslash")
			.doesNotContain("Property 'other'")
			.doesNotContain("canary-${");
	}

	static class Fields {

		@Value("${DB_PASSWORD}")
		private volatile String direct;

		@Value("${db.password}")
		private volatile String spelling;

		@Value("<${db.password}>")
		private volatile String part;

		@Value("${app.part}")
		private volatile String partOfProperty;

		@Value("${app.chain}")
		private volatile String through;

		@Value("${app.absent:${app.default}}")
		private volatile String byDefault;

		@Value("#{environment['DB_PASSWORD']}")
		private volatile String environment;

		private volatile String set;

		@Value("${DB_PASSWORD}")
		void setValue(String value) {
			this.set = value;
		}

	}

	static class Parameters {

		private final String value;

		Parameters(@Value("${DB_PASSWORD}") String value) {
			this.value = value;
		}

	}

	static class Expressions {

		@Value("#{'${DB_PASSWORD}'.split(',')}")
		private List<String> list;

		@Value("#{'${DB_PASSWORD}'.length()}")
		private int length;

		@Value("#{${app.number} + 1}")
		private int sum;

		@Value("${app.known}")
		private String known;

	}

	@ConfigurationProperties("bound")
	static class Bound {

		private volatile String password;

		private volatile String through;

		public void setPassword(String password) {
			this.password = password;
		}

		public void setThrough(String through) {
			this.through = through;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(Bound.class)
	static class Consumers {

		@Bean
		Fields fields() {
			return new Fields();
		}

	}

}
