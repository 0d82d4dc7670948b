package io.github.secretsboot.mapping;

import java.util.List;
import java.util.Map;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.secretsboot.SecretVersion;
import io.github.secretsboot.fetch.SecretValue;

/**
 * Feeds the mapper whatever a coverage-guided fuzzer comes up with. As a test, it repeats
 * inputs that were found before; with {@code JAZZER_FUZZ=1} and
 * {@code -Djazzer.hooks=true} it looks for more.
 */
class SecretMapperFuzzTests {

	private static final SecretMapper MAPPER = new SecretMapper();

	@FuzzTest(maxDuration = "5s")
	void whenContentIsArbitraryThenIsMappedOrMalformed(FuzzedDataProvider data) {
		fuzz(data);
	}

	static void fuzz(FuzzedDataProvider data) {
		SecretFormat format = data.pickValue(SecretFormat.values());
		Map<String, String> keys = data.consumeBoolean() ? Map.of(data.consumeString(8), data.consumeString(8))
				: Map.of();
		MappingRules rules = new MappingRules(data.consumeString(4), keys, format);
		SecretVersion version = new SecretVersion(data.consumeString(12), "arn", "version", List.of(), null);
		SecretValue value = data.consumeBoolean() ? SecretValue.ofBytes(version, data.consumeRemainingAsBytes())
				: SecretValue.ofText(version, data.consumeRemainingAsString());
		try {
			check(MAPPER.map(value, rules).properties(), rules);
		}
		catch (MalformedSecretException ex) {
			if (ex.getCause() != null || ex.getMessage().length() > 100) {
				throw new IllegalStateException("says too much");
			}
		}
	}

	private static void check(Map<String, Object> properties, MappingRules rules) {
		properties.forEach((name, content) -> {
			if (!(content instanceof String || content instanceof byte[])) {
				throw new IllegalStateException("neither text nor bytes");
			}
			if (!name.startsWith(rules.prefix())) {
				throw new IllegalStateException("without prefix");
			}
		});
	}

	/**
	 * The entry of Jazzer's own command line.
	 * @param data what to feed
	 */
	public static void fuzzerTestOneInput(FuzzedDataProvider data) {
		fuzz(data);
	}

}
