package io.github.secretsboot.expression;

import java.io.File;
import java.net.URL;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.github.secretsboot.Secrets;
import io.github.secretsboot.env.TestApplication;
import io.github.secretsboot.test.SecretsManagerServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanExpressionContext;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.context.support.PropertySourcesPlaceholderConfigurer;
import org.springframework.core.MethodParameter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.scheduling.config.FixedDelayTask;
import org.springframework.scheduling.config.ScheduledTaskHolder;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.method.annotation.RequestParamMethodArgumentResolver;
import org.springframework.web.reactive.BindingContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchException;

/**
 * Tests that whoever can write a secret cannot run code with it, wherever Spring
 * evaluates expressions, and that the application's own expressions go on.
 */
class ValuesAreNotEvaluatedTests {

	private static final String URL = "jdbc:postgresql://${db.host}:${db.port}/app";

	private static final String HOST = "{canary-" + "a".repeat(80);

	/** Without the decoy, which is the longest, there is an expression in the text. */
	private static final Map<String, String> OVERLAPPING = Map.of("db.host", HOST, "db.port", "q" + Canary.EXPRESSION,
			"decoy", HOST + ":q");

	private static final String OVERLAPPING_URL = "jdbc:postgresql://" + HOST + ":q" + Canary.EXPRESSION + "/app";

	private final SecretsManagerServer server = SecretsManagerServer.start();

	@BeforeEach
	void forgetHits() {
		Canary.takeHits();
	}

	@AfterEach
	void closeServer() {
		this.server.close();
		assertThat(Canary.takeHits()).isZero();
	}

	private ConfigurableApplicationContext run(Map<String, String> secret, Class<?> beans, String... arguments) {
		return run(secret, (context) -> {
		}, beans, arguments);
	}

	private ConfigurableApplicationContext run(Map<String, String> secret,
			ApplicationContextInitializer<GenericApplicationContext> initializer, Class<?> beans, String... arguments) {
		this.server.create("myapp/keys", secret);
		return TestApplication.builder(beans)
			.initializers(initializer)
			.run(this.server
				.arguments(Stream.concat(Stream.of("--secrets.sources=myapp/keys"), Arrays.stream(arguments))
					.toArray(String[]::new)));
	}

	private void rotate(ConfigurableApplicationContext context, Map<String, String> secret) {
		this.server.rotate("myapp/keys", secret);
		context.getBean(Secrets.class).refresh();
	}

	@Test
	void whenValuesOverlapAtStartThenTextIsLiteral() {
		try (ConfigurableApplicationContext context = run(OVERLAPPING, Urls.class)) {
			Urls urls = context.getBean(Urls.class);
			assertThat(urls.field).isEqualTo(OVERLAPPING_URL);
			assertThat(urls.parameter).isEqualTo(OVERLAPPING_URL);
			assertThat(urls.property).isEqualTo(OVERLAPPING_URL);
		}
	}

	@Test
	void whenValuesOverlapAfterRotationThenTextIsLiteral() {
		try (ConfigurableApplicationContext context = run(Map.of("db.host", "h", "db.port", "1"), Urls.class)) {
			assertThat(context.getBean(Urls.class).field).isEqualTo("jdbc:postgresql://h:1/app");
			rotate(context, OVERLAPPING);
			assertThat(context.getBean(Urls.class).field).isEqualTo(OVERLAPPING_URL);
			assertThat(context.getBean(Urls.class).property).isEqualTo(OVERLAPPING_URL);
		}
	}

	@Test
	void whenSecretRotatesBetweenResolvingAndEvaluatingThenNothingIsMixed() {
		String text = "#{'" + URL + "'}";
		try (ConfigurableApplicationContext context = run(OVERLAPPING, TestApplication.NoBeans.class)) {
			String literal = context.getBeanFactory().resolveEmbeddedValue(URL);
			rotateElsewhere(context, Map.of("db.host", "h", "db.port", "1"));
			assertThat(evaluate(context, literal)).isEqualTo(OVERLAPPING_URL);
			String expression = context.getBeanFactory().resolveEmbeddedValue(text);
			rotateElsewhere(context, OVERLAPPING);
			assertThat(evaluate(context, expression)).isEqualTo(OVERLAPPING_URL);
		}
	}

	@Test
	void whenTextOfUnknownOriginIsEvaluatedAfterRotationThenItIsLiteral() {
		try (ConfigurableApplicationContext context = run(OVERLAPPING, TestApplication.NoBeans.class)) {
			String resolved = context.getEnvironment().resolvePlaceholders(URL);
			rotate(context, Map.of("db.host", "h", "db.port", "1"));
			System.gc();
			assertThat(evaluate(context, resolved)).isEqualTo(OVERLAPPING_URL);
		}
	}

	private static Object evaluate(ConfigurableApplicationContext context, String resolved) {
		return context.getBeanFactory()
			.getBeanExpressionResolver()
			.evaluate(resolved, new BeanExpressionContext(context.getBeanFactory(), null));
	}

	private void rotateElsewhere(ConfigurableApplicationContext context, Map<String, String> secret) {
		CompletableFuture.runAsync(() -> rotate(context, secret)).join();
	}

	@Test
	void whenValueHasQuotesThenItDoesNotLeaveTheLiteral() {
		String value = "canary-'+" + Canary.CALL + "+\",\"+" + Canary.CALL + "+'";
		try (ConfigurableApplicationContext context = run(Map.of("csv", value, "number", "canary-21"), Literals.class,
				"--app.csv=${csv}")) {
			Literals literals = context.getBean(Literals.class);
			assertThat(literals.single).containsExactly(value.split(","));
			assertThat(literals.twice).containsExactly(value.split(","));
			assertThat(literals.part).isEqualTo("'<" + value + ">");
			assertThat(literals.composite).isEqualTo(value + ": 2, " + value + "!");
		}
	}

	@Test
	void whenValueStandsWithoutQuotesThenItIsNumberBooleanOrText() {
		try (ConfigurableApplicationContext context = run(
				Map.of("number", "21", "flag", "true", "text", Canary.CALL, "zeros", "000"), Numbers.class)) {
			Numbers numbers = context.getBean(Numbers.class);
			assertThat(numbers.twice).isEqualTo(42);
			assertThat(numbers.millis).isEqualTo(21_000L);
			assertThat(numbers.flag).isFalse();
			assertThat(numbers.text).isEqualTo(Canary.CALL);
		}
	}

	@Test
	void whenTaskIsScheduledThenValueIsLiteral() {
		try (ConfigurableApplicationContext context = run(Map.of("unit", "S", "amount", "7"), Tasks.class)) {
			assertThat(context.getBean(ScheduledTaskHolder.class).getScheduledTasks()).singleElement()
				.satisfies(
						(task) -> assertThat(((FixedDelayTask) task.getTask()).getIntervalDuration()).hasSeconds(14));
		}
		this.server.rotate("myapp/keys", Map.of("unit", Canary.EXPRESSION, "amount", "7"));
		assertThat(catchException(
				() -> TestApplication.run(this.server, Tasks.class, "--secrets.sources=myapp/keys").close()))
			.hasStackTraceContaining("is not a valid ISO-8601 duration");
	}

	@Test
	void whenRequestParameterHasDefaultThenValueIsLiteral() throws Exception {
		MethodParameter parameter = new MethodParameter(
				getClass().getDeclaredMethod("handle", String.class, String[].class), 0);
		MethodParameter list = new MethodParameter(getClass().getDeclaredMethod("handle", String.class, String[].class),
				1);
		parameter.initParameterNameDiscovery(new org.springframework.core.DefaultParameterNameDiscoverer());
		list.initParameterNameDiscovery(new org.springframework.core.DefaultParameterNameDiscoverer());
		try (ConfigurableApplicationContext context = run(OVERLAPPING, TestApplication.NoBeans.class)) {
			String expected = OVERLAPPING_URL;
			RequestParamMethodArgumentResolver servlet = new RequestParamMethodArgumentResolver(
					context.getBeanFactory(), true);
			ServletWebRequest request = new ServletWebRequest(new MockHttpServletRequest());
			assertThat(servlet.resolveArgument(parameter, null, request, null)).isEqualTo(expected);
			assertThat(servlet.resolveArgument(list, null, request, null)).isEqualTo(expected.split("c"));
			org.springframework.web.reactive.result.method.annotation.RequestParamMethodArgumentResolver reactive = new org.springframework.web.reactive.result.method.annotation.RequestParamMethodArgumentResolver(
					context.getBeanFactory(), ReactiveAdapterRegistry.getSharedInstance(), true);
			MockServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/"));
			assertThat(reactive.resolveArgument(parameter, new BindingContext(), exchange).block()).isEqualTo(expected);
			assertThat(reactive.resolveArgument(list, new BindingContext(), exchange).block())
				.isEqualTo(expected.split("c"));
		}
	}

	void handle(@RequestParam(name = "a", defaultValue = URL) String value,
			@RequestParam(name = "b", defaultValue = "#{'" + URL + "'.split('c')}") String[] list) {
	}

	@Test
	void whenBeanDefinitionHasPlaceholderThenValueIsLiteral() {
		Map<String, String> secret = Map.of("db.host", "canary-#", "db.port", Canary.EXPRESSION.substring(1), "quoted",
				"canary-'+" + Canary.CALL + "+'");
		try (ConfigurableApplicationContext context = run(secret, (beans) -> {
			beans.registerBeanDefinition("holder", holder("${db.host}${db.port}"));
			beans.registerBeanDefinition("own", holder("#{'${quoted}'.toLowerCase()}"));
			beans.registerBeanDefinition("sum", holder("#{1 + 1}"));
		}, TestApplication.NoBeans.class)) {
			assertThat(context.getBean("holder", Holder.class).value).isEqualTo("canary-" + Canary.EXPRESSION);
			assertThat(context.getBean("own", Holder.class).value)
				.isEqualTo(secret.get("quoted").toLowerCase(Locale.ROOT));
			assertThat(context.getBean("sum", Holder.class).value).isEqualTo("2");
		}
	}

	@Test
	void whenPrototypeIsMadeAfterRotationThenFormerValueInItsDefinitionIsLiteral() {
		try (ConfigurableApplicationContext context = run(OVERLAPPING, (beans) -> {
			BeanDefinition definition = holder(URL);
			definition.setScope("prototype");
			beans.registerBeanDefinition("holder", definition);
		}, TestApplication.NoBeans.class)) {
			rotate(context, Map.of("db.host", "h", "db.port", "1"));
			rotate(context, Map.of("db.host", "i", "db.port", "1"));
			assertThat(context.getBean("holder", Holder.class).value).isEqualTo(OVERLAPPING_URL);
		}
	}

	@Test
	void whenValueGetsIntoBeanDefinitionByCodeThenItIsLiteral() {
		Map<String, String> secret = Map.of("db.host", "canary-${db.user}" + Canary.EXPRESSION, "db.user",
				"canary-user");
		try (ConfigurableApplicationContext context = run(secret,
				(beans) -> beans.registerBeanDefinition("holder",
						holder("<" + beans.getEnvironment().getProperty("db.host") + ">${db.user}")),
				TestApplication.NoBeans.class)) {
			assertThat(context.getBean("holder", Holder.class).value)
				.isEqualTo("<canary-${db.user}" + Canary.EXPRESSION + ">canary-user");
		}
	}

	private static BeanDefinition holder(String value) {
		return BeanDefinitionBuilder.genericBeanDefinition(Holder.class)
			.addPropertyValue("value", value)
			.getBeanDefinition();
	}

	@Test
	void whenConditionHasPlaceholderThenValueIsLiteral() {
		Map<String, String> secret = Map.of("mode", "x' == 'x' or " + Canary.CALL + " == 'x", "size", "3", "decoy",
				"canary-environment");
		try (ConfigurableApplicationContext context = run(secret, Conditions.class)) {
			assertThat(context.getBeansOfType(Holder.class)).containsOnlyKeys("large");
		}
	}

	@Test
	void whenSeveralResolversResolveThenTheyLeaveTheValueAlone() {
		Map<String, String> secret = Map.of("url", "http://canary/${password}?\\${password}", "password", "canary-2");
		try (ConfigurableApplicationContext context = run(secret, (beans) -> {
			beans.registerBeanDefinition("holder", holder("<${url}>"));
		}, TwoConfigurers.class)) {
			assertThat(context.getBean(TwoConfigurers.class).url).isEqualTo("<" + secret.get("url") + ">");
			assertThat(context.getBean("holder", Holder.class).value).isEqualTo("<" + secret.get("url") + ">");
		}
	}

	@Test
	void whenValueIsConvertedToLocationThenItsPlaceholdersStay() {
		Map<String, String> secret = Map.of("url", "http://canary/${password}", "password", "canary-2", "file",
				"/canary/${password}");
		try (ConfigurableApplicationContext context = run(secret, Locations.class, "--locations.url=${url}")) {
			Locations locations = context.getBean(Locations.class);
			assertThat(locations.url.toString()).isEqualTo(secret.get("url"));
			assertThat(locations.file.getPath()).isEqualTo(secret.get("file"));
			assertThat(context.getBean(BoundLocations.class).url.toString()).isEqualTo(secret.get("url"));
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Urls {

		@Value(URL)
		private volatile String field;

		@Value("#{environment['app.url']}")
		private volatile String property = "";

		private final String parameter;

		Urls(@Value(URL) String parameter, ConfigurableEnvironment environment) {
			this.parameter = parameter;
			environment.getPropertySources().addLast(new MapPropertySource("late", Map.of("app.url", URL)));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Literals {

		@Value("#{'${csv}'.split(',')}")
		private List<String> single;

		@Value("#{\"${app.csv}\".split(',')}")
		private List<String> twice;

		@Value("#{'''<${csv}>'}")
		private String part;

		@Value("${csv}: #{1+1}, ${app.csv}#{'!'}")
		private String composite;

	}

	@Configuration(proxyBeanMethods = false)
	static class Numbers {

		@Value("#{${number} * 2}")
		private int twice;

		@Value("#{${number}${zeros}L}")
		private long millis;

		@Value("#{not ${flag}}")
		private boolean flag;

		@Value("#{${text}}")
		private String text;

	}

	@Configuration(proxyBeanMethods = false)
	@EnableScheduling
	static class Tasks {

		@Scheduled(initialDelayString = "PT1H", fixedDelayString = "PT#{${amount} * 2}${unit}")
		void run() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Conditions {

		@Bean
		@ConditionalOnExpression("'${mode}' == 'x'")
		Holder attacked() {
			return new Holder();
		}

		@Bean
		@ConditionalOnExpression("${size} > 2 and environment.containsProperty('size')")
		Holder large() {
			return new Holder();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoConfigurers {

		@Value("<${url}>")
		private String url;

		@Bean
		static PropertySourcesPlaceholderConfigurer first() {
			PropertySourcesPlaceholderConfigurer configurer = new PropertySourcesPlaceholderConfigurer();
			configurer.setIgnoreUnresolvablePlaceholders(true);
			return configurer;
		}

		@Bean
		static PropertySourcesPlaceholderConfigurer second() {
			return new PropertySourcesPlaceholderConfigurer();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(BoundLocations.class)
	static class Locations {

		@Value("${url}")
		private URL url;

		@Value("${file}")
		private File file;

	}

	@ConfigurationProperties("locations")
	static class BoundLocations {

		private URL url;

		public void setUrl(URL url) {
			this.url = url;
		}

	}

	static class Holder {

		private String value;

		public void setValue(String value) {
			this.value = value;
		}

	}

}
