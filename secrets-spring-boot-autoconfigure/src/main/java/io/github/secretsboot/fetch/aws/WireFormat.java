package io.github.secretsboot.fetch.aws;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.github.secretsboot.SecretVersion;
import io.github.secretsboot.fetch.SecretRequest;
import io.github.secretsboot.fetch.SecretValue;
import io.github.secretsboot.fetch.aws.SecretsManagerCalls.EntryError;
import io.github.secretsboot.fetch.aws.SecretsManagerCalls.Page;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;

/**
 * What the two operations look like in AWS's JSON 1.1 protocol. Members that are not
 * known are skipped.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html">GetSecretValue</a>
 * @see <a href=
 * "https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_BatchGetSecretValue.html">BatchGetSecretValue</a>
 */
final class WireFormat {

	/** Recycled buffers would keep secrets for as long as the application runs. */
	private static final JsonFactory JSON = JsonFactory.builder()
		.recyclerPool(JsonRecyclerPools.nonRecyclingPool())
		.build();

	private WireFormat() {
	}

	static byte[] get(SecretRequest request) {
		return object((json) -> {
			json.writeStringProperty("SecretId", request.name());
			writeUnlessNull(json, "VersionStage", request.stage());
			writeUnlessNull(json, "VersionId", request.versionId());
		});
	}

	static byte[] batch(List<String> names, @Nullable String nextToken) {
		return object((json) -> {
			json.writeArrayPropertyStart("SecretIdList");
			names.forEach(json::writeString);
			json.writeEndArray();
			writeUnlessNull(json, "NextToken", nextToken);
		});
	}

	private static void writeUnlessNull(JsonGenerator json, String name, @Nullable String value) {
		if (value != null) {
			json.writeStringProperty(name, value);
		}
	}

	private static byte[] object(Content content) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
			json.writeStartObject();
			content.write(json);
			json.writeEndObject();
		}
		return bytes.toByteArray();
	}

	static SecretValue value(byte[] body) {
		return parse(body, WireFormat::value);
	}

	static Page page(byte[] body) {
		return parse(body, WireFormat::page);
	}

	/**
	 * The code and the message of an error, as far as the body tells.
	 */
	static EntryError error(byte[] body) {
		try {
			return parse(body, WireFormat::error);
		}
		catch (SdkClientException ex) {
			return new EntryError(null, null, null);
		}
	}

	private static <T> T parse(byte[] body, Reader<T> reader) {
		try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), body)) {
			if (json.nextToken() != JsonToken.START_OBJECT) {
				throw SdkClientException.create("The answer is no JSON object");
			}
			return reader.read(json);
		}
		catch (JacksonException ex) {
			throw SdkClientException.create("The answer is not JSON", ex);
		}
	}

	private static SecretValue value(JsonParser json) {
		String name = null;
		String arn = null;
		String versionId = null;
		List<String> stages = List.of();
		Instant created = null;
		String text = null;
		byte[] bytes = null;
		while (json.nextToken() == JsonToken.PROPERTY_NAME) {
			String member = json.currentName();
			JsonToken token = json.nextToken();
			if (token == JsonToken.VALUE_NULL) {
				continue;
			}
			switch (member) {
				case "Name" -> name = json.getString();
				case "ARN" -> arn = json.getString();
				case "VersionId" -> versionId = json.getString();
				case "VersionStages" -> stages = list(json, JsonParser::getString);
				case "CreatedDate" -> created = instant(json.getDecimalValue());
				case "SecretString" -> text = json.getString();
				case "SecretBinary" -> bytes = json.getBinaryValue();
				default -> json.skipChildren();
			}
		}
		if (name == null || arn == null || versionId == null) {
			throw SdkClientException.create("The answer lacks a name, an ARN or a version");
		}
		SecretVersion version = new SecretVersion(name, arn, versionId, stages, created);
		return (bytes != null) ? SecretValue.ofBytes(version, bytes)
				: SecretValue.ofText(version, (text != null) ? text : "");
	}

	private static Page page(JsonParser json) {
		List<SecretValue> values = List.of();
		List<EntryError> errors = List.of();
		String nextToken = null;
		while (json.nextToken() == JsonToken.PROPERTY_NAME) {
			String member = json.currentName();
			JsonToken token = json.nextToken();
			if (token == JsonToken.VALUE_NULL) {
				continue;
			}
			switch (member) {
				case "SecretValues" -> values = list(json, WireFormat::value);
				case "Errors" -> errors = list(json, WireFormat::error);
				case "NextToken" -> nextToken = json.getString();
				default -> json.skipChildren();
			}
		}
		return new Page(values, errors, nextToken);
	}

	private static EntryError error(JsonParser json) {
		String secretId = null;
		String code = null;
		String message = null;
		while (json.nextToken() == JsonToken.PROPERTY_NAME) {
			String member = json.currentName();
			JsonToken token = json.nextToken();
			if (token != JsonToken.VALUE_STRING) {
				json.skipChildren();
				continue;
			}
			switch (member) {
				case "SecretId" -> secretId = json.getString();
				case "ErrorCode", "__type" -> code = json.getString();
				case "Message", "message" -> message = json.getString();
				default -> {
				}
			}
		}
		return new EntryError(secretId, code, message);
	}

	private static <T> List<T> list(JsonParser json, Reader<T> reader) {
		if (json.currentToken() != JsonToken.START_ARRAY) {
			throw SdkClientException.create("The answer has something else in place of a list");
		}
		List<T> list = new ArrayList<>();
		while (json.nextToken() != JsonToken.END_ARRAY) {
			list.add(reader.read(json));
		}
		return list;
	}

	private static Instant instant(BigDecimal seconds) {
		return Instant.ofEpochMilli(seconds.movePointRight(3).longValue());
	}

	/**
	 * Reads what begins at the current token.
	 */
	private interface Reader<T> {

		T read(JsonParser json);

	}

	/**
	 * Writes the members of an object.
	 */
	private interface Content {

		void write(JsonGenerator json);

	}

}
