package io.github.secretsboot.mapping;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * Flattens a JSON object in one pass over its tokens: nested objects as {@code a.b},
 * arrays as {@code a[0]}, scalars exactly as they are written, {@code null} and empty
 * containers as absent. Of a name that occurs twice the last one counts.
 */
class JsonFlattener {

	static final int MAX_DEPTH = 200;

	/** A value of 64 KiB could otherwise spell out names of gigabytes in all. */
	static final int MAX_NAME_CHARACTERS = 4 * 1024 * 1024;

	private static final JsonFactory JSON = JsonFactory.builder()
		.streamReadConstraints(StreamReadConstraints.builder()
			.maxNestingDepth(MAX_DEPTH)
			.maxNumberLength(Integer.MAX_VALUE)
			.maxNameLength(Integer.MAX_VALUE)
			.build())
		.build();

	/**
	 * Flatten a JSON object.
	 * @param json the text
	 * @return the properties in the order of the text, or {@code null} if the text is
	 * JSON but no object
	 * @throws MalformedSecretException if the text is not JSON
	 */
	@Nullable Map<String, String> flatten(String json) {
		try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
			boolean object = parser.nextToken() == JsonToken.START_OBJECT;
			Map<String, String> properties = new Document(parser).read();
			return object ? properties : null;
		}
		catch (StreamConstraintsException ex) {
			throw new MalformedSecretException("JSON is nested deeper than " + MAX_DEPTH + " levels");
		}
		catch (JacksonException ex) {
			throw new MalformedSecretException("JSON does not parse" + location(ex.getLocation()));
		}
	}

	private static String location(@Nullable TokenStreamLocation location) {
		return (location != null) ? " at line " + location.getLineNr() + ", column " + location.getColumnNr() : "";
	}

	/**
	 * One document and the place in it that has been reached.
	 */
	private static final class Document {

		private final JsonParser parser;

		private final Map<String, String> properties = new LinkedHashMap<>();

		private final Deque<Container> containers = new ArrayDeque<>();

		private final StringBuilder path = new StringBuilder();

		private int nameCharacters;

		Document(JsonParser parser) {
			this.parser = parser;
		}

		Map<String, String> read() {
			for (JsonToken token = this.parser.currentToken(); token != null; token = this.parser.nextToken()) {
				accept(token);
			}
			return this.properties;
		}

		private void accept(JsonToken token) {
			switch (token) {
				case START_OBJECT, START_ARRAY -> {
					startValue();
					this.containers.push(new Container(this.path.length(), token == JsonToken.START_ARRAY));
				}
				case END_OBJECT, END_ARRAY -> this.containers.pop();
				case PROPERTY_NAME -> startProperty(this.parser.currentName());
				default -> {
					startValue();
					put(this.path.toString(), (token != JsonToken.VALUE_NULL) ? this.parser.getString() : null);
				}
			}
		}

		private void startProperty(String name) {
			Container container = this.containers.element();
			this.path.setLength(container.pathLength);
			if (container.pathLength > 0) {
				this.path.append('.');
			}
			this.path.append(name);
		}

		private void startValue() {
			Container container = this.containers.peek();
			if (container != null && container.array) {
				this.path.setLength(container.pathLength);
				this.path.append('[').append(container.size++).append(']');
			}
		}

		private void put(String name, @Nullable String value) {
			if (name.isEmpty() && !this.containers.isEmpty()) {
				throw new MalformedSecretException("JSON has a key without a name");
			}
			this.nameCharacters += name.length();
			if (this.nameCharacters > MAX_NAME_CHARACTERS) {
				throw new MalformedSecretException(
						"JSON has property names of more than " + MAX_NAME_CHARACTERS + " characters in all");
			}
			if (value != null) {
				this.properties.put(name, value);
			}
			else {
				this.properties.remove(name);
			}
		}

	}

	private static final class Container {

		private final int pathLength;

		private final boolean array;

		private int size;

		Container(int pathLength, boolean array) {
			this.pathLength = pathLength;
			this.array = array;
		}

	}

}
