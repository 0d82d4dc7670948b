package io.github.secretsboot.docs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the libraries on the class path say about their configuration properties.
 */
final class Metadata {

	private final Map<String, JsonNode> properties = new TreeMap<>();

	private final Map<String, JsonNode> own = new TreeMap<>();

	Metadata() {
		try {
			for (URL url : Collections
				.list(Metadata.class.getClassLoader().getResources("META-INF/spring-configuration-metadata.json"))) {
				try (InputStream json = url.openStream()) {
					read(JsonMapper.shared().readTree(json));
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void read(JsonNode metadata) {
		Map<String, JsonNode> read = new TreeMap<>();
		metadata.path("properties").forEach((property) -> read.put(property.path("name").asString(), property));
		this.properties.putAll(read);
		if (read.containsKey("secrets.enabled")) {
			this.own.putAll(read);
		}
	}

	/**
	 * The properties of this library.
	 */
	Map<String, JsonNode> own() {
		return this.own;
	}

	/**
	 * Whether there is such a property: one of that name, an element of a list, or
	 * something below a map.
	 */
	boolean knows(String key) {
		String name = key.replaceAll("\\[[^]]*]", "");
		if (this.properties.containsKey(name)) {
			return true;
		}
		for (int dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
			JsonNode parent = this.properties.get(name.substring(0, dot));
			if (parent != null && parent.path("type").asString("").startsWith("java.util.Map")) {
				return true;
			}
		}
		return isOfSource(name) || isOfHealth(name);
	}

	/** Elements of lists are not in the metadata. */
	private static boolean isOfSource(String name) {
		return name.startsWith("secrets.sources.")
				&& SourceMembers.names().contains(name.substring("secrets.sources.".length()).replaceAll("\\..*", ""));
	}

	/** Named after an indicator or a group, which are not in the metadata either. */
	private static boolean isOfHealth(String name) {
		return name.equals("management.health.secrets.enabled") || name
			.matches("management\\.endpoint\\.health\\.group\\.[\\w-]+\\.(include|exclude|show-details|roles)");
	}

	/**
	 * Whether there is a property whose name begins like this.
	 */
	boolean knowsPrefix(String prefix) {
		return this.properties.keySet().stream().anyMatch((name) -> name.startsWith(prefix + "."))
				|| prefix.equals("secrets.sources");
	}

}
