package io.github.secretsboot.test;

import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Typed reads of a request's JSON, or of an object in it. Its errors show what AWS's
 * would: never a secret value.
 */
final class RequestBody {

	private static final Set<String> SECRET = Set.of("SecretString", "SecretBinary");

	private final ObjectNode json;

	private final String path;

	private RequestBody(ObjectNode json, String path) {
		this.json = json;
		this.path = path;
	}

	static RequestBody parse(byte[] body) {
		try {
			if (Json.MAPPER.readTree(body) instanceof ObjectNode json) {
				return new RequestBody(json, "");
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

	/**
	 * Return the name or ARN of the secret that the request is about.
	 */
	String secretId() {
		String id = required("SecretId", 2048);
		SecretId.requireNameOrArn(id);
		return id;
	}

	/**
	 * Return the id of the version that the request makes. The SDKs and the command line
	 * interface always send one.
	 */
	String token() {
		return AwsError.require(text("ClientRequestToken", 32, 64), () -> AwsError
			.invalidRequest("You must provide a ClientRequestToken value. We recommend a UUID-type value."));
	}

	@Nullable SecretContent content() {
		String text = text("SecretString", 1, SecretContent.MAX_BYTES);
		String binary = text("SecretBinary");
		if (text != null && binary != null) {
			throw AwsError.invalidParameter(
					"You can't specify both a binary secret value and a string secret value in the same secret.");
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

	@Nullable String text(String member) {
		JsonNode node = find(member);
		if (node != null && !node.isString()) {
			throw AwsError.serialization();
		}
		return (node != null) ? node.stringValue() : null;
	}

	@Nullable String text(String member, int minLength, int maxLength) {
		String text = text(member);
		if (text != null) {
			requireSize(member, text, text.length(), minLength, maxLength);
		}
		return text;
	}

	String required(String member, int maxLength) {
		return AwsError.require(text(member, 1, maxLength),
				() -> AwsError.constraint("null", inMessages(member), "not be null"));
	}

	/**
	 * Return a text that has to be one of the given ones.
	 */
	@Nullable String choice(String member, List<String> choices) {
		String text = text(member);
		if (text != null && !choices.contains(text)) {
			throw constraint(member, text, "satisfy enum value set: " + choices);
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
		requireSize(member, texts, texts.size(), 1, maxSize);
		return texts;
	}

	/**
	 * Return the objects in an array, which is empty where there is none.
	 */
	List<RequestBody> objects(String member) {
		JsonNode node = find(member);
		if (node == null) {
			return List.of();
		}
		List<RequestBody> objects = new ArrayList<>();
		for (JsonNode element : node.values()) {
			if (!(element instanceof ObjectNode object)) {
				throw AwsError.serialization();
			}
			objects.add(new RequestBody(object, "%s.%d.member.".formatted(inMessages(member), objects.size() + 1)));
		}
		if (!node.isArray()) {
			throw AwsError.serialization();
		}
		return objects;
	}

	@Nullable RequestBody object(String member) {
		JsonNode node = find(member);
		if (node == null) {
			return null;
		}
		if (node instanceof ObjectNode object) {
			return new RequestBody(object, inMessages(member) + ".");
		}
		throw AwsError.serialization();
	}

	@Nullable Integer number(String member) {
		JsonNode node = find(member);
		if (node != null && !node.canConvertToExactIntegral()) {
			throw AwsError.serialization();
		}
		return (node != null) ? node.asInt(Integer.MAX_VALUE) : null;
	}

	@Nullable Integer number(String member, int min, int max) {
		Integer number = number(member);
		if (number != null && number < min) {
			throw constraint(member, number, "have value greater than or equal to " + min);
		}
		if (number != null && number > max) {
			throw constraint(member, number, "have value less than or equal to " + max);
		}
		return number;
	}

	@Nullable Boolean flag(String member) {
		JsonNode node = find(member);
		if (node != null && !node.isBoolean()) {
			throw AwsError.serialization();
		}
		return (node != null) ? node.booleanValue() : null;
	}

	boolean flag(String member, boolean otherwise) {
		Boolean flag = flag(member);
		return (flag != null) ? flag : otherwise;
	}

	private @Nullable JsonNode find(String member) {
		JsonNode node = this.json.get(member);
		return (node == null || node.isNull()) ? null : node;
	}

	private void requireSize(String member, Object value, int size, int min, int max) {
		if (size < min) {
			throw constraint(member, value, "have length greater than or equal to " + min);
		}
		if (size > max) {
			throw constraint(member, value, "have length less than or equal to " + max);
		}
	}

	private AwsError constraint(String member, Object value, String constraint) {
		return AwsError.constraint(SECRET.contains(member) ? "" : "'" + value + "'", inMessages(member), constraint);
	}

	private String inMessages(String member) {
		return this.path + Character.toLowerCase(member.charAt(0)) + member.substring(1);
	}

}
