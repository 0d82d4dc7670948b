package io.github.secretsboot.expression;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.github.secretsboot.env.InMemorySecrets;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.config.BeanExpressionContext;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.context.support.PropertySourcesPlaceholderConfigurer;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares what becomes of a text with what Spring itself makes of it where each value of
 * a secret is a word that means nothing to anybody, and only then the value. So it is
 * known of each character where it comes from.
 */
class ExpressionOracleTests {

	/** {@code -Dtexts=20000} makes ten million of all texts. */
	private static final int TEXTS = Integer.getInteger("texts", 200);

	/** Each build sees the same texts; {@code -Dshift=1} and so on makes others. */
	private static final String SEED = "2026";

	private static final long SHIFT = Long.getLong("shift", 0);

	private static final String FAILURE = "(cannot be evaluated)";

	private final JsonMapper json = new JsonMapper();

	private InMemorySecrets memory = new InMemorySecrets();

	/** Secrets that nobody has asked for: a context before has asked for all. */
	@BeforeTry
	void load() {
		this.memory = new InMemorySecrets().with("all");
		this.memory.load();
	}

	@AfterTry
	void nothingHasRun() {
		assertThat(Canary.takeHits()).isZero();
	}

	/**
	 * The second of two configurers takes an escape character out of a value, and fails
	 * where marks stand for the values.
	 */
	@Example
	void whenResolverTakesValueApartThenItIsNotRun() {
		whenTextIsEvaluatedThenValuesMeanWhatTheySay(893884);
	}

	@Property(tries = 500, seed = SEED, shrinking = ShrinkingMode.OFF)
	void whenTextIsEvaluatedThenValuesMeanWhatTheySay(@ForAll long seed) {
		Templates templates = new Templates(seed + SHIFT);
		Words words = new Words(rotate(templates));
		Map<String, String> properties = templates.properties();
		int configurers = (seed % 4 == 0) ? 2 : 1;
		try (GenericApplicationContext guarded = guarded(properties, configurers);
				GenericApplicationContext plain = plain(words, properties, configurers)) {
			for (int i = 0; i < TEXTS; i++) {
				String text = templates.text();
				Object expected = words.replaceIn(evaluate(plain, text));
				compare(text, evaluate(guarded, text), expected);
			}
		}
	}

	@Property(tries = 50, seed = SEED, shrinking = ShrinkingMode.OFF)
	void whenSecretRotatesBeforeTextIsEvaluatedThenItIsAllOfOneVersion(@ForAll long seed) {
		Templates templates = new Templates(seed + SHIFT);
		Map<String, String> properties = templates.properties();
		for (int i = 0; i < 20; i++) {
			String text = templates.text();
			Words before = new Words(rotate(templates));
			try (GenericApplicationContext guarded = guarded(properties, 1)) {
				Object resolved = orFailure(() -> guarded.getBeanFactory().resolveEmbeddedValue(text));
				Words after = new Words(rotate(templates));
				compare(text, evaluateResolved(guarded, (String) resolved), expected(text, before, properties),
						expected(text, after, properties));
			}
		}
	}

	private static @Nullable Object expected(String text, Words words, Map<String, String> properties) {
		try (GenericApplicationContext plain = plain(words, properties, 1)) {
			return words.replaceIn(evaluate(plain, text));
		}
	}

	/**
	 * Of two texts nobody can tell which is which once two configurers have made the same
	 * of them, so there is one.
	 */
	@Property(tries = 100, seed = SEED, shrinking = ShrinkingMode.OFF)
	void whenTextIsInBeanDefinitionThenValuesMeanWhatTheySay(@ForAll long seed) {
		Templates templates = new Templates(seed + SHIFT);
		Words words = new Words(rotate(templates));
		Map<String, String> properties = templates.properties();
		int configurers = (seed % 2 == 0) ? 2 : 1;
		try (GenericApplicationContext plain = plain(words, properties, configurers)) {
			String[] texts = Stream.generate(templates::text)
				.filter((text) -> evaluate(plain, text) != FAILURE)
				.limit((configurers == 1) ? 50 : 1)
				.toArray(String[]::new);
			try (GenericApplicationContext guarded = guarded(properties, configurers, texts)) {
				for (int i = 0; i < texts.length; i++) {
					String holder = "holder" + i;
					compare(texts[i], orFailure(() -> guarded.getBean(holder, Holder.class).value),
							words.replaceIn(evaluate(plain, texts[i])));
				}
			}
		}
	}

	@Property(tries = 100, seed = SEED, shrinking = ShrinkingMode.OFF)
	void whenNobodyKnowsWhatTextWasMadeOfThenNoValueIsRun(@ForAll long seed) {
		Templates templates = new Templates(seed + SHIFT);
		rotate(templates);
		try (GenericApplicationContext guarded = guarded(templates.properties(), 1)) {
			for (int i = 0; i < TEXTS; i++) {
				String text = (i % 2 == 0) ? templates.text() : templates.reckless();
				evaluate(guarded, text);
				evaluateResolved(guarded, guarded.getEnvironment().resolvePlaceholders(text));
			}
		}
	}

	/**
	 * What Spring cannot evaluate with words, which cannot be names, is of no concern.
	 */
	private static void compare(String text, @Nullable Object actual, @Nullable Object... expected) {
		if (!List.of(expected).contains(FAILURE)) {
			assertThat(actual).as(text).isIn(expected);
		}
	}

	private Map<String, String> rotate(Templates templates) {
		Map<String, String> secrets = templates.secrets();
		this.memory.reader().put("all", this.json.writeValueAsString(secrets));
		this.memory.engine().refresh();
		return secrets;
	}

	private GenericApplicationContext guarded(Map<String, String> properties, int configurers, String... definitions) {
		return context(this.memory.initializer()::initialize, properties, configurers, definitions);
	}

	private static GenericApplicationContext plain(Words words, Map<String, String> properties, int configurers) {
		return context((context) -> context.getEnvironment()
			.getPropertySources()
			.addFirst(new MapPropertySource("words", words.bySecret)), properties, configurers);
	}

	private static GenericApplicationContext context(Consumer<GenericApplicationContext> secrets,
			Map<String, String> properties, int configurers, String... definitions) {
		GenericApplicationContext context = new GenericApplicationContext();
		ConfigurableEnvironment environment = context.getEnvironment();
		secrets.accept(context);
		environment.getPropertySources().addLast(new MapPropertySource("application", new HashMap<>(properties)));
		ConfigurationPropertySources.attach(environment);
		new SecretExpressionInitializer().initialize(context);
		for (int i = 0; i < configurers; i++) {
			context.registerBean("configurer" + i, PropertySourcesPlaceholderConfigurer.class,
					() -> configurer(configurers == 1));
		}
		for (int i = 0; i < definitions.length; i++) {
			context.registerBeanDefinition("holder" + i,
					BeanDefinitionBuilder.genericBeanDefinition(Holder.class)
						.addPropertyValue("value", definitions[i])
						.setLazyInit(true)
						.getBeanDefinition());
		}
		context.refresh();
		return context;
	}

	private static PropertySourcesPlaceholderConfigurer configurer(boolean strict) {
		PropertySourcesPlaceholderConfigurer configurer = new PropertySourcesPlaceholderConfigurer();
		configurer.setIgnoreUnresolvablePlaceholders(!strict);
		return configurer;
	}

	private static @Nullable Object evaluate(GenericApplicationContext context, String text) {
		return orFailure(() -> evaluateResolved(context, context.getBeanFactory().resolveEmbeddedValue(text)));
	}

	private static @Nullable Object evaluateResolved(GenericApplicationContext context, @Nullable String resolved) {
		return orFailure(() -> context.getBeanFactory()
			.getBeanExpressionResolver()
			.evaluate(resolved, new BeanExpressionContext(context.getBeanFactory(), null)));
	}

	private static @Nullable Object orFailure(Supplier<@Nullable Object> evaluation) {
		try {
			return evaluation.get();
		}
		catch (RuntimeException ex) {
			return FAILURE;
		}
	}

	/**
	 * Holds what becomes of a text.
	 */
	static class Holder {

		private @Nullable Object value;

		public void setValue(@Nullable Object value) {
			this.value = value;
		}

	}

	/**
	 * What values are replaced with, and back.
	 */
	private static final class Words {

		/**
		 * Outside of a string nothing that an expression can begin with or have in it.
		 */
		private static final char QUOTE = '\u00a7';

		private final Map<String, Object> bySecret = new HashMap<>();

		private final Map<String, String> values = new HashMap<>();

		Words(Map<String, String> secrets) {
			secrets.forEach((name, value) -> {
				boolean plain = value.isEmpty() || Templates.PLAIN.containsKey(name);
				this.bySecret.put(name, plain ? value : QUOTE + name + QUOTE);
				this.values.put(name, value);
			});
		}

		@Nullable Object replaceIn(@Nullable Object result) {
			if (result instanceof Collection<?> elements) {
				List<Object> replaced = new ArrayList<>();
				elements.forEach((element) -> replaced.add(replaceIn(element)));
				return replaced;
			}
			return (result instanceof String text) ? replaceIn(text) : result;
		}

		private String replaceIn(String text) {
			StringBuilder replaced = new StringBuilder();
			int position = 0;
			for (int start = text.indexOf(QUOTE); start >= 0; start = text.indexOf(QUOTE, position)) {
				int end = text.indexOf(QUOTE, start + 1);
				replaced.append(text, position, start).append(this.values.get(text.substring(start + 1, end)));
				position = end + 1;
			}
			return replaced.append(text.substring(position)).toString();
		}

	}

}
