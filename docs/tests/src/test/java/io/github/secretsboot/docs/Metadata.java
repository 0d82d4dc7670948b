package io.github.secretsboot.docs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * What the libraries on the class path, and all modules of Spring Boot, say about their
 * configuration properties.
 */
final class Metadata {

	private static final String FILE = "META-INF/spring-configuration-metadata.json";

	private final Map<String, JsonNode> properties = new TreeMap<>();

	private final Map<String, JsonNode> own = new TreeMap<>();

	private final Map<String, JsonNode> boot = new TreeMap<>();

	Metadata() {
		try {
			PathMatchingResourcePatternResolver resources = new PathMatchingResourcePatternResolver();
			for (Resource resource : resources.getResources("classpath*:" + FILE)) {
				read(resource);
			}
			for (Resource resource : resources.getResources("classpath*:boot-properties/*/" + FILE)) {
				this.boot.putAll(read(resource));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Map<String, JsonNode> read(Resource resource) throws IOException {
		Map<String, JsonNode> read = new TreeMap<>();
		try (InputStream json = resource.getInputStream()) {
			JsonMapper.shared()
				.readTree(json)
				.path("properties")
				.forEach((property) -> read.put(property.path("name").asString(), property));
		}
		this.properties.putAll(read);
		if (read.containsKey("secrets.enabled")) {
			this.own.putAll(read);
		}
		return read;
	}

	/**
	 * The properties of this library.
	 */
	Map<String, JsonNode> own() {
		return this.own;
	}

	/**
	 * The properties of all modules of Spring Boot.
	 */
	Map<String, JsonNode> boot() {
		return this.boot;
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
