package io.github.secretsboot.env;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import io.github.secretsboot.fetch.FetchSettings;
import io.github.secretsboot.fetch.TestSecretReader;
import io.github.secretsboot.mapping.AllowedNames;
import io.github.secretsboot.mapping.MappingRules;
import io.github.secretsboot.mapping.SecretFormat;
import io.github.secretsboot.refresh.SecretSource;
import io.github.secretsboot.refresh.SecretsEngine;
import io.github.secretsboot.refresh.TestEngine;
import io.github.secretsboot.refresh.TestSource;
import org.apache.commons.logging.impl.NoOpLog;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares the rule on what a secret may set with what Spring reads: random spellings of
 * properties that are none of a secret's business. Whatever the environment or Boot's
 * binder would find of them, if they were allowed, must not be there without.
 */
class FrameworkSpellingsTests {

	private static final List<String> NAMES = List.of("spring.main.sources", "spring.main.banner-mode",
			"spring.autoconfigure.exclude", "spring.config.import", "spring.cloud.aws.endpoint", "logging.config",
			"logging.level.root", "server.port", "management.endpoints.web.exposure.include", "secrets.sources[0]",
			"secrets.fetch.client", "debug", "trace");

	private static final int ROUNDS = Integer.getInteger("spellings.rounds", 1000);

	private static final List<String> ROOTS = List.of("spring", "logging", "server", "management", "secrets");

	private static final List<String> SEPARATORS = List.of(".", ".", "..", "_", "_", "__", "-", "[", "].", "]", "[]",
			"._", "_.", "-.", "#.");

	private static final List<String> NOISE = List.of("-", "_", "#", " ", "]", "é", "\u200b", "--", "'");

	private static final List<String> ENDS = List.of("", "", "", "", ".", "_", "..", "-", "[", "]", "[0]", "_0", "_0_",
			"#", "\u0660");

	private final TestSecretReader reader = new TestSecretReader();

	private final JsonMapper json = new JsonMapper();

	@Test
	void whenNamesAreSpelledAtRandomThenWhatSpringWouldReadIsLeftOut() {
		Random random = new Random(20261124);
		int readable = 0;
		for (int i = 0; i < ROUNDS; i++) {
			String name = spelling(random);
			put("evil", "canary-evil", name);
			if (!visible(environment(source("evil", 0, "*"))).isEmpty()) {
				readable++;
			}
			assertThat(visible(environment(source("evil", 0)))).as(name).isEmpty();
		}
		assertThat(readable).isGreaterThan(ROUNDS / 4);
	}

	@Test
	void whenAnotherSecretMayThenItsPropertiesCannotBeTakenOver() {
		Random random = new Random(20261125);
		for (int i = 0; i < ROUNDS; i++) {
			put("good", "good", spelling(random), spelling(random));
			put("evil", "canary-evil", spelling(random), similar(random));
			StandardEnvironment environment = environment(source("good", 0, "*"), source("evil", 1));
			assertThat(visible(environment).toString()).doesNotContain("canary-evil");
		}
	}

	private void put(String secretName, String value, String... names) {
		Map<String, String> content = new LinkedHashMap<>();
		Stream.of(names).forEach((name) -> content.put(name, value));
		this.reader.put(secretName, this.json.writeValueAsString(content));
	}

	/** All that is found under the names and below the roots. */
	private static List<Object> visible(StandardEnvironment environment) {
		List<Object> visible = new ArrayList<>();
		for (String name : NAMES) {
			String value = environment.getProperty(name);
			if (value != null) {
				visible.add(value);
			}
		}
		Binder binder = Binder.get(environment);
		for (String root : ROOTS) {
			binder.bind(root, Bindable.mapOf(String.class, Object.class)).ifBound((map) -> {
				if (!map.isEmpty()) {
					visible.add(map);
				}
			});
		}
		return visible;
	}

	private StandardEnvironment environment(SecretSource... sources) {
		SecretsEngine engine = TestEngine.create(this.reader, new FetchSettings(false, 1, Duration.ofSeconds(10)),
				false, Clock.systemUTC(), new NoOpLog(), sources);
		engine.load();
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().remove(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
		environment.getPropertySources().remove(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
		SecretsPropertySource secrets = new SecretsPropertySource(engine);
		environment.getPropertySources().addFirst(secrets);
		ConfigurationPropertySources.attach(environment);
		secrets.watch(environment);
		return environment;
	}

	private static SecretSource source(String name, int position, String... allow) {
		MappingRules mapping = new MappingRules("", Map.of(), SecretFormat.AUTO, null, List.of(),
				new AllowedNames(List.of(allow)));
		return TestSource.named(name).at(position).mappedBy(mapping).build();
	}

	/** A name of the framework in a spelling that Spring may or may not take for it. */
	private static String spelling(Random random) {
		StringBuilder spelling = new StringBuilder(random.nextInt(6) == 0 ? pick(SEPARATORS, random) : "");
		int style = random.nextInt(4);
		String separator = pick(SEPARATORS, random);
		for (char c : pick(NAMES, random).toCharArray()) {
			if (c == '.') {
				spelling.append((style == 0) ? pick(SEPARATORS, random) : separator);
			}
			else {
				spelling.append((style == 1 || (style == 2 && random.nextBoolean())) ? Character.toUpperCase(c) : c);
				if (random.nextInt(30) == 0) {
					spelling.append(pick(NOISE, random));
				}
			}
		}
		return spelling.append(pick(ENDS, random)).toString();
	}

	/** A name that is nearly one of the framework. */
	private static String similar(Random random) {
		String name = pick(NAMES, random).replaceFirst("[.]", random.nextBoolean() ? "-" : "");
		return random.nextBoolean() ? name : name.replace('.', '-');
	}

	private static String pick(List<String> texts, Random random) {
		return texts.get(random.nextInt(texts.size()));
	}

}
