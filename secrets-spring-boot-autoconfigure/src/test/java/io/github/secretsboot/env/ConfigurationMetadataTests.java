package io.github.secretsboot.env;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what an editor knows about {@code secrets.*}.
 */
class ConfigurationMetadataTests {

	private static final Map<String, Object> DEFAULTS = Map.ofEntries(Map.entry("secrets.enabled", true),
			Map.entry("secrets.fetch.batch", "auto"), Map.entry("secrets.fetch.concurrency", 16),
			Map.entry("secrets.fetch.timeout", "10s"), Map.entry("secrets.refresh.enabled", true),
			Map.entry("secrets.refresh.interval", "5m"), Map.entry("secrets.refresh.jitter", 0.1),
			Map.entry("secrets.refresh.spring-cloud", "refresh-scope"));

	private final JsonNode metadata = ownMetadata();

	@Test
	void whenKeyExistsThenItHasADescription() {
		assertThat(properties()).isNotEmpty().allSatisfy((name, property) -> {
			assertThat(property.path("description").asString("")).as(name).endsWith(".");
			assertThat(property.path("type").asString("")).as(name).isNotEmpty();
		});
	}

	@Test
	void whenKeyHasADefaultThenItIsNamed() {
		Map<String, JsonNode> properties = properties();
		DEFAULTS.forEach((name, value) -> {
			assertThat(properties).containsKey(name);
			assertThat(properties.get(name).path("defaultValue").asString()).as(name).isEqualTo(value.toString());
		});
	}

	@Test
	void whenKeyTakesNamesThenTheyAreHinted() {
		List<String> hinted = new ArrayList<>();
		this.metadata.path("hints").forEach((hint) -> hinted.add(hint.path("name").asString()));
		assertThat(hinted).contains("secrets.environment", "secrets.sources.name", "secrets.sources.stage",
				"secrets.sources.as", "secrets.sources.allow");
	}

	private Map<String, JsonNode> properties() {
		Map<String, JsonNode> properties = new TreeMap<>();
		this.metadata.path("properties")
			.forEach((property) -> properties.put(property.path("name").asString(), property));
		return properties;
	}

	private static JsonNode ownMetadata() {
		try {
			for (var url : Collections.list(ConfigurationMetadataTests.class.getClassLoader()
				.getResources("META-INF/spring-configuration-metadata.json"))) {
				try (InputStream json = url.openStream()) {
					JsonNode metadata = JsonMapper.shared().readTree(json);
					if (metadata.toString().contains("\"secrets.enabled\"")) {
						return metadata;
					}
				}
			}
			throw new IllegalStateException("No metadata of this module on the class path");
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
