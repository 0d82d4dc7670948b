package io.github.secretsboot.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The secrets that a file says there are: a JSON object of names and values. A value that
 * is a text is that text; whatever else it is, it is JSON.
 */
final class StartContent {

	private StartContent() {
	}

	/**
	 * Read a file.
	 * @return names and texts
	 */
	static Map<String, String> read(Path file) {
		Map<String, String> secrets = new LinkedHashMap<>();
		json(file).properties().forEach((secret) -> secrets.put(secret.getKey(), text(secret.getValue())));
		return secrets;
	}

	private static String text(JsonNode value) {
		return value.isString() ? value.stringValue() : value.toString();
	}

	private static ObjectNode json(Path file) {
		try {
			if (Json.MAPPER.readTree(Files.readAllBytes(file)) instanceof ObjectNode json) {
				return json;
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot read the secrets in " + file, ex);
		}
		catch (JacksonException ex) {
			// Its message may quote a value
			throw new IllegalArgumentException("The secrets in %s are no JSON, see line %d".formatted(file,
					(ex.getLocation() != null) ? ex.getLocation().getLineNr() : 1));
		}
		throw new IllegalArgumentException("The secrets in %s are no JSON object of names and values".formatted(file));
	}

}
