package io.github.secretsboot.test;

import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Typed reads of a request's JSON. Its errors name members, never content.
 */
final class RequestBody {

	private final ObjectNode json;

	private RequestBody(ObjectNode json) {
		this.json = json;
	}

	static RequestBody parse(byte[] body, JsonMapper mapper) {
		try {
			if (mapper.readTree(body) instanceof ObjectNode json) {
				return new RequestBody(json);
			}
		}
		catch (JacksonException ex) {
			// Its message may quote the request
		}
		throw AwsError.serialization();
	}

	/**
	 * Return the secrets that the request names, as far as it can be told.
	 */
	List<String> secretIds(Operation operation) {
		return switch (operation) {
			case CREATE_SECRET -> texts(this.json.path("Name"));
			case BATCH_GET_SECRET_VALUE -> texts(this.json.path("SecretIdList"));
			default -> texts(this.json.path("SecretId"));
		};
	}

	private static List<String> texts(JsonNode node) {
		List<String> texts = new ArrayList<>();
		if (node.isString()) {
			texts.add(node.stringValue());
		}
		node.values().forEach((element) -> {
			if (element.isString()) {
				texts.add(element.stringValue());
			}
		});
		return Collections.unmodifiableList(texts);
	}

	boolean has(String member) {
		return find(member) != null;
	}

	@Nullable String text(String member) {
		JsonNode node = find(member);
		if (node != null && !node.isString()) {
			throw AwsError.serialization();
		}
		return (node != null) ? node.stringValue() : null;
	}

	@Nullable String text(String member, int minLength, int maxLength) {
		String text = text(member);
		if (text != null && text.length() < minLength) {
			throw AwsError.constraint(inMessages(member), "have length greater than or equal to " + minLength);
		}
		if (text != null && text.length() > maxLength) {
			throw AwsError.constraint(inMessages(member), "have length less than or equal to " + maxLength);
		}
		return text;
	}

	String required(String member, int maxLength) {
		String text = text(member, 1, maxLength);
		if (text == null) {
			throw AwsError.constraint(inMessages(member), "not be null");
		}
		return text;
	}

	@Nullable List<String> texts(String member, int maxSize) {
		JsonNode node = find(member);
		if (node == null) {
			return null;
		}
		List<String> texts = texts(node);
		if (!node.isArray() || texts.size() != node.size()) {
			throw AwsError.serialization();
		}
		if (texts.isEmpty()) {
			throw AwsError.constraint(inMessages(member), "have length greater than or equal to 1");
		}
		if (texts.size() > maxSize) {
			throw AwsError.constraint(inMessages(member), "have length less than or equal to " + maxSize);
		}
		return texts;
	}

	@Nullable Integer number(String member) {
		JsonNode node = find(member);
		if (node != null && !node.canConvertToExactIntegral()) {
			throw AwsError.serialization();
		}
		return (node != null) ? node.asInt(Integer.MAX_VALUE) : null;
	}

	boolean flag(String member) {
		JsonNode node = find(member);
		if (node != null && !node.isBoolean()) {
			throw AwsError.serialization();
		}
		return node != null && node.booleanValue();
	}

	Map<String, String> tags() {
		Map<String, String> tags = new LinkedHashMap<>();
		JsonNode node = find("Tags");
		if (node != null) {
			node.values().forEach((tag) -> tags.put(tag.path("Key").asString(""), tag.path("Value").asString("")));
		}
		return Collections.unmodifiableMap(tags);
	}

	@Nullable SecretContent content() {
		String text = text("SecretString", 1, SecretContent.MAX_BYTES);
		String binary = text("SecretBinary");
		if (text != null && binary != null) {
			throw AwsError.invalidParameter(
					"You can't specify both a binary secret value and a string secret value " + "in the same secret.");
		}
		if (text != null) {
			return SecretContent.of(text);
		}
		return (binary != null) ? SecretContent.of(decoded(binary)) : null;
	}

	private static byte[] decoded(String base64) {
		try {
			return Base64.getDecoder().decode(base64);
		}
		catch (IllegalArgumentException ex) {
			throw AwsError.serialization();
		}
	}

	private @Nullable JsonNode find(String member) {
		JsonNode node = this.json.get(member);
		return (node == null || node.isNull()) ? null : node;
	}

	private static String inMessages(String member) {
		return Character.toLowerCase(member.charAt(0)) + member.substring(1);
	}

}
