package io.github.secretsboot.env;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.secretsboot.env.SecretsProperties.Source;
import io.github.secretsboot.refresh.SecretSource;

import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Feeds the expansion of names whatever a coverage-guided fuzzer comes up with. As a
 * test, it repeats inputs that were found before; with {@code JAZZER_FUZZ=1} and
 * {@code -Djazzer.hooks=true} it looks for more.
 */
class SourceExpanderFuzzTests {

	@FuzzTest(maxDuration = "5s")
	void whenNameIsArbitraryThenIsExpandedOrRefused(FuzzedDataProvider data) {
		fuzz(data);
	}

	static void fuzz(FuzzedDataProvider data) {
		StandardEnvironment environment = new StandardEnvironment();
		Map<String, Object> values = new HashMap<>();
		String application = data.consumeString(8);
		// Placeholders are Spring's to resolve, not ours to expand
		values.put("spring.application.name", application.replace("$", ""));
		environment.getPropertySources().addFirst(new MapPropertySource("fuzz", values));
		SecretsProperties properties = new SecretsProperties();
		properties.setEnvironment(data.consumeBoolean() ? data.consumeString(8) : null);
		String name = data.consumeRemainingAsString();
		properties.setSources(List.of(new Source(name)));
		ConfigurationProblems problems = new ConfigurationProblems(environment);
		List<SecretSource> sources = new SourceExpander(environment, properties, problems).expand();
		try {
			problems.throwIfAny();
			for (SecretSource source : sources) {
				if (!source.name().matches("[\\w/+=.@:-]+")
						|| (!name.contains("{") && !source.name().equals(name.strip()))) {
					throw new IllegalStateException("expanded to something else");
				}
			}
		}
		catch (SecretsConfigurationException ex) {
			if (!ex.getProblems().get(0).property().startsWith("secrets.sources[0]")) {
				throw new IllegalStateException("blames something else");
			}
		}
	}

	/**
	 * The entry of Jazzer's own command line.
	 * @param data what to feed
	 */
	public static void fuzzerTestOneInput(FuzzedDataProvider data) {
		fuzz(data);
	}

}
