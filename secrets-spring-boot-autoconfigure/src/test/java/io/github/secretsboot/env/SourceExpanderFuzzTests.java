package io.github.secretsboot.env;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.secretsboot.env.SecretsProperties.Source;
import io.github.secretsboot.refresh.SecretSource;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
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
		try {
			for (SecretSource source : new SourceExpander(environment, properties).expand()) {
				if (source.name().isEmpty() || (!name.contains("{") && !source.name().equals(name.strip()))) {
					throw new IllegalStateException("expanded to something else");
				}
			}
		}
		catch (InvalidConfigurationPropertyValueException ex) {
			if (!ex.getName().startsWith("secrets.sources[0]")) {
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
