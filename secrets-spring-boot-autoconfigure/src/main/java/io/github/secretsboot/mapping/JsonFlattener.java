package io.github.secretsboot.mapping;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import io.github.secretsboot.fetch.PlainText;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;

/**
 * Flattens a JSON object in one pass over its tokens: nested objects as {@code a.b},
 * arrays as {@code a[0]}, scalars exactly as they are written, {@code null} and empty
 * containers as absent. Of a key that occurs twice in an object, and of a name that is
 * spelled in two ways, the last one counts.
 */
class JsonFlattener {

	static final int MAX_DEPTH = 200;

	/** A value of 64 KiB could otherwise spell out names of gigabytes in all. */
	static final int MAX_NAME_CHARACTERS = 4 * 1024 * 1024;

	/**
	 * Flatten a JSON object.
	 * @param json the text
	 * @return the properties in the order of the text, or {@code null} if the text is
	 * JSON but no object
	 * @throws MalformedSecretException if the text is not JSON
	 */
	@Nullable Map<String, String> flatten(String json) {
		try (JsonParser parser = Json.FACTORY.createParser(ObjectReadContext.empty(), json)) {
			if (parser.nextToken() != JsonToken.START_OBJECT) {
				skip(parser);
				return null;
			}
			return new Document(parser).read();
		}
		catch (StreamConstraintsException ex) {
			throw new MalformedSecretException("JSON is nested deeper than " + MAX_DEPTH + " levels");
		}
		catch (JacksonException ex) {
			throw malformed(ex.getLocation());
		}
	}

	/** Reads the rest of a document that is no object, to see whether it is JSON. */
	private static void skip(JsonParser parser) {
		parser.skipChildren();
		requireEnd(parser);
	}

	/** The parser itself would go on with the next of several documents. */
	private static void requireEnd(JsonParser parser) {
		if (parser.nextToken() != null) {
			throw malformed(parser.currentTokenLocation());
		}
	}

	private static MalformedSecretException malformed(@Nullable TokenStreamLocation location) {
		return new MalformedSecretException("JSON does not parse" + location(location));
	}

	private static String location(@Nullable TokenStreamLocation location) {
		return (location != null) ? " at line " + location.getLineNr() + ", column " + location.getColumnNr() : "";
	}

	/**
	 * Created with the first text that is parsed, which an application without secrets
	 * never sees.
	 */
	private static final class Json {

		static final JsonFactory FACTORY = JsonFactory.builder()
			.streamReadConstraints(StreamReadConstraints.builder()
				.maxNestingDepth(MAX_DEPTH)
				.maxNumberLength(Integer.MAX_VALUE)
				.maxNameLength(Integer.MAX_VALUE)
				.build())
			// Recycled buffers would keep parts of secrets for as long as the application
			// runs
			.recyclerPool(JsonRecyclerPools.nonRecyclingPool())
			.build();

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
			accept(JsonToken.START_OBJECT);
			while (!this.containers.isEmpty()) {
				accept(this.parser.nextToken());
			}
			requireEnd(this.parser);
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
			if (name.isEmpty()) {
				throw new MalformedSecretException("JSON has a key without a name");
			}
			if (!PlainText.is(name)) {
				throw new MalformedSecretException(
						"JSON has a key with a control character" + location(this.parser.currentTokenLocation()));
			}
			Container container = this.containers.element();
			this.path.setLength(container.pathLength);
			if (container.pathLength > 0) {
				this.path.append('.');
			}
			this.path.append(name);
			if (!container.keys.add(name)) {
				removeValue(this.path.toString());
			}
		}

		/** Of an earlier object or array of the same key nothing must shine through. */
		private void removeValue(String name) {
			this.properties.keySet()
				.removeIf((other) -> other.startsWith(name)
						&& (other.length() == name.length() || ".[".indexOf(other.charAt(name.length())) >= 0));
		}

		private void startValue() {
			Container container = this.containers.peek();
			if (container != null && container.array) {
				this.path.setLength(container.pathLength);
				this.path.append('[').append(container.size++).append(']');
			}
		}

		private void put(String name, @Nullable String value) {
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

		private final Set<String> keys = new HashSet<>();

		private int size;

		Container(int pathLength, boolean array) {
			this.pathLength = pathLength;
			this.array = array;
		}

	}

}
