package io.github.secretsboot.expression;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.github.secretsboot.Secrets;
import io.github.secretsboot.env.SecretsPropertySource;
import io.github.secretsboot.env.TestApplication;
import io.github.secretsboot.test.SecretsManagerServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.context.expression.StandardBeanExpressionResolver;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.expression.spel.support.StandardEvaluationContext;
import org.springframework.util.ReflectionUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that contexts of all kinds are guarded, whoever makes them and whatever they
 * bring along.
 */
class GuardedContextsTests {

	private static final String ATTACK = "canary-'+" + Canary.CALL + "+'" + Canary.EXPRESSION;

	private final SecretsManagerServer server = SecretsManagerServer.start();

	@BeforeEach
	void createSecret() {
		Canary.takeHits();
		this.server.create("myapp/keys", Map.of("attack", ATTACK, "number", "20"));
	}

	@AfterEach
	void closeServer() {
		this.server.close();
		assertThat(Canary.takeHits()).isZero();
	}

	private ConfigurableApplicationContext run(SpringApplicationBuilder application, String... arguments) {
		return application.run(this.server.arguments(arguments));
	}

	@Test
	void whenNobodyResolvesPlaceholdersThenTheContextsOwnResolverIsThere() {
		SpringApplicationBuilder application = new SpringApplicationBuilder(Texts.class).web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF);
		try (ConfigurableApplicationContext context = run(application, "--secrets.sources=myapp/keys")) {
			check(context.getBean(Texts.class));
			assertThat(context.getBean(Texts.class).unresolved).isEqualTo("${app.absent}");
		}
	}

	@Test
	void whenContextSharesSecretsOfItsParentThenItIsGuardedToo() {
		try (ConfigurableApplicationContext parent = run(TestApplication.builder(), "--secrets.sources=myapp/keys",
				"--app.absent=none");
				ConfigurableApplicationContext child = TestApplication.builder(Texts.class).parent(parent).run()) {
			check(child.getBean(Texts.class));
		}
	}

	@Test
	void whenManagementHasAContextOfItsOwnThenItIsGuardedToo() {
		SpringApplicationBuilder application = TestApplication.builder(ManagementTexts.class)
			.web(WebApplicationType.SERVLET);
		try (ConfigurableApplicationContext context = run(application, "--secrets.sources=myapp/keys",
				"--server.port=0", "--management.server.port=0", "--app.management=true", "--app.absent=none")) {
			check(context.getBean(ManagementTexts.class).texts.get(0));
		}
	}

	@Test
	void whenApplicationHasAResolverOfItsOwnThenItIsAskedAndGivenNoValue() {
		try (ConfigurableApplicationContext context = run(TestApplication.builder(Texts.class, OwnResolver.class),
				"--secrets.sources=myapp/keys", "--app.absent=none")) {
			check(context.getBean(Texts.class));
			assertThat(context.getBean(OwnResolver.class).greeting).isEqualTo("hello " + ATTACK);
			assertThat(expressionCache(OwnResolver.resolver).keySet().toString()).contains("#greet")
				.doesNotContain("canary-");
		}
	}

	@Test
	void whenExpressionsBeginInAnotherWayThenTheyGoOnAndNoValueIsOne() {
		this.server.rotate("myapp/keys", Map.of("attack", "canary-%{" + Canary.CALL + "}"));
		try (ConfigurableApplicationContext context = run(TestApplication.builder(OtherSyntax.class),
				"--secrets.sources=myapp/keys")) {
			OtherSyntax texts = context.getBean(OtherSyntax.class);
			assertThat(texts.sum).isEqualTo(2);
			assertThat(texts.attack).isEqualTo("canary-%{" + Canary.CALL + "}");
			assertThat(texts.composite).isEqualTo("2 canary-%{" + Canary.CALL + "}");
		}
	}

	@Test
	void whenSomebodyWrapsTheSecretsAndKeepsWhatTheyAnswerThenHeGetsValues() {
		KeepingSource keeping = new KeepingSource();
		SpringApplicationBuilder application = TestApplication.builder(Texts.class)
			.initializers((context) -> keeping.wrap(context.getEnvironment().getPropertySources()));
		try (ConfigurableApplicationContext context = run(application, "--secrets.sources=myapp/keys",
				"--app.absent=none")) {
			check(context.getBean(Texts.class));
			assertThat(keeping.answers).containsEntry("attack", ATTACK).containsEntry("number", "20");
		}
	}

	@Test
	void whenSecretRotatesThenExpressionCacheKeepsNoValue() {
		try (ConfigurableApplicationContext context = run(TestApplication.builder(Texts.class),
				"--secrets.sources=myapp/keys", "--app.absent=none")) {
			this.server.rotate("myapp/keys", Map.of("attack", "canary-2", "number", "21"));
			context.getBean(Secrets.class).refresh();
			Texts texts = context.getBean(Texts.class);
			assertThat(texts.literal).isEqualTo("CANARY-2");
			assertThat(texts.sum).isEqualTo(22);
			Object resolver = read(context.getBeanFactory().getBeanExpressionResolver(), "delegate");
			assertThat(expressionCache(resolver).keySet().toString()).contains("toUpperCase").doesNotContain("canary-");
		}
	}

	@Test
	void whenAnnotationTakesAnExpressionAloneThenItsPlaceholdersAreNotResolved() {
		try (ConfigurableApplicationContext context = run(TestApplication.builder(Annotated.class),
				"--secrets.sources=myapp/keys")) {
			Annotated annotated = context.getBean(Annotated.class);
			context.publishEvent("event");
			context.getBean(Cached.class).cached();
			assertThat(annotated.events).containsExactly("event");
			assertThat(context.getBean(ConcurrentMapCacheManager.class).getCache("cache").get("${attack}")).isNotNull();
		}
	}

	private static void check(Texts texts) {
		assertThat(texts.plain).isEqualTo(ATTACK);
		assertThat(texts.literal).isEqualTo(ATTACK.toUpperCase(Locale.ROOT));
		assertThat(texts.composite).isEqualTo("2: " + ATTACK);
		assertThat(texts.sum).isEqualTo(21);
	}

	private static Map<?, ?> expressionCache(Object resolver) {
		return (Map<?, ?>) read(resolver, "expressionCache");
	}

	private static Object read(Object target, String name) {
		Field field = ReflectionUtils.findField(target.getClass(), name);
		ReflectionUtils.makeAccessible(field);
		return ReflectionUtils.getField(field, target);
	}

	@Configuration(proxyBeanMethods = false)
	static class Texts {

		@Value("${attack}")
		private volatile String plain;

		@Value("#{'${attack}'.toUpperCase()}")
		private volatile String literal;

		@Value("#{1 + 1}: ${attack}")
		private volatile String composite;

		@Value("#{${number} + 1}")
		private volatile int sum;

		@Value("${app.absent}")
		private volatile String unresolved;

	}

	@Configuration(proxyBeanMethods = false)
	static class ManagementTexts {

		private final List<Texts> texts = new ArrayList<>();

	}

	/**
	 * Is in the context that serves management.
	 */
	@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
	@ConditionalOnProperty("app.management")
	static class ManagementTextsConfiguration {

		@Bean
		Texts texts(ManagementTexts all) {
			Texts texts = new Texts();
			all.texts.add(texts);
			return texts;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnResolver {

		private static final StandardBeanExpressionResolver resolver = new StandardBeanExpressionResolver() {

			@Override
			protected void customizeEvaluationContext(StandardEvaluationContext context) {
				context.setVariable("greet", "hello ");
			}

		};

		@Value("#{#greet + '${attack}'}")
		private volatile String greeting;

		@Bean
		static BeanFactoryPostProcessor resolver() {
			return (beanFactory) -> beanFactory.setBeanExpressionResolver(resolver);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OtherSyntax {

		@Value("%{1 + 1}")
		private volatile int sum;

		@Value("${attack}")
		private volatile String attack;

		@Value("%{1 + 1} ${attack}")
		private volatile String composite;

		@Bean
		static BeanFactoryPostProcessor resolver() {
			StandardBeanExpressionResolver resolver = new StandardBeanExpressionResolver();
			resolver.setExpressionPrefix("%{");
			return (beanFactory) -> beanFactory.setBeanExpressionResolver(resolver);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableCaching
	static class Annotated {

		private final List<String> events = new ArrayList<>();

		@EventListener(condition = "'${attack}' == '$' + '{attack}'")
		void on(String event) {
			this.events.add(event);
		}

		@Bean
		Cached cached() {
			return new Cached();
		}

		@Bean
		ConcurrentMapCacheManager cacheManager() {
			return new ConcurrentMapCacheManager();
		}

	}

	static class Cached {

		@Cacheable(cacheNames = "cache", key = "'${attack}'")
		public String cached() {
			return "cached";
		}

	}

	/**
	 * Takes the place of a property source and keeps what that answered first.
	 */
	private static final class KeepingSource {

		private final Map<String, @Nullable Object> answers = new HashMap<>();

		void wrap(MutablePropertySources sources) {
			PropertySource<?> secrets = sources.get(SecretsPropertySource.NAME);
			sources.replace(SecretsPropertySource.NAME, new PropertySource<>(SecretsPropertySource.NAME) {

				@Override
				public @Nullable Object getProperty(String name) {
					return KeepingSource.this.answers.computeIfAbsent(name, secrets::getProperty);
				}

			});
		}

	}

}
