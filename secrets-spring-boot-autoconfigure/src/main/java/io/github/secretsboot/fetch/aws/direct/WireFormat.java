package io.github.secretsboot.fetch.aws.direct;

import java.io.ByteArrayOutputStream;
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

	/** A page has at most 20 secrets, a version at most 20 labels. */
	private static final int MAX_ENTRIES = 100;

	/** The year 10000. */
	private static final double MAX_SECONDS = 253_402_300_800d;

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
			json.nextToken();
			T answer = reader.read(json);
			expect(json.nextToken() == null);
			return answer;
		}
		catch (JacksonException ex) {
			// Without the cause, which may quote the answer
			throw SdkClientException.create("The answer is not JSON");
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
		startObject(json);
		for (String member = nextMember(json); member != null; member = nextMember(json)) {
			switch (member) {
				case "Name" -> name = string(json);
				case "ARN" -> arn = string(json);
				case "VersionId" -> versionId = string(json);
				case "VersionStages" -> stages = list(json, WireFormat::string);
				case "CreatedDate" -> created = instant(json);
				case "SecretString" -> text = string(json);
				case "SecretBinary" -> bytes = json.getBinaryValue();
				default -> json.skipChildren();
			}
		}
		if (name == null || arn == null || versionId == null) {
			throw unexpected();
		}
		SecretVersion version = new SecretVersion(name, arn, versionId, stages, created);
		return (bytes != null) ? SecretValue.ofBytes(version, bytes)
				: SecretValue.ofText(version, (text != null) ? text : "");
	}

	private static Page page(JsonParser json) {
		List<SecretValue> values = List.of();
		List<EntryError> errors = List.of();
		String nextToken = null;
		startObject(json);
		for (String member = nextMember(json); member != null; member = nextMember(json)) {
			switch (member) {
				case "SecretValues" -> values = list(json, WireFormat::value);
				case "Errors" -> errors = list(json, WireFormat::error);
				case "NextToken" -> nextToken = string(json);
				default -> json.skipChildren();
			}
		}
		return new Page(values, errors, nextToken);
	}

	private static EntryError error(JsonParser json) {
		String secretId = null;
		String code = null;
		String message = null;
		startObject(json);
		for (String member = nextMember(json); member != null; member = nextMember(json)) {
			switch (member) {
				case "SecretId" -> secretId = string(json);
				case "ErrorCode", "__type" -> code = string(json);
				case "Message", "message" -> message = string(json);
				default -> json.skipChildren();
			}
		}
		return new EntryError(secretId, code, message);
	}

	private static void startObject(JsonParser json) {
		expect(json.currentToken() == JsonToken.START_OBJECT);
	}

	/**
	 * Go to the next member that has a value.
	 * @return its name, or {@code null} at the end of the object
	 */
	private static @Nullable String nextMember(JsonParser json) {
		while (json.nextToken() == JsonToken.PROPERTY_NAME) {
			String name = json.currentName();
			if (json.nextToken() != JsonToken.VALUE_NULL) {
				return name;
			}
		}
		expect(json.currentToken() == JsonToken.END_OBJECT);
		return null;
	}

	private static String string(JsonParser json) {
		expect(json.currentToken() == JsonToken.VALUE_STRING);
		return json.getString();
	}

	/**
	 * A list of what the reader expects. It expects something, so that the list ends no
	 * later than the body does.
	 */
	private static <T> List<T> list(JsonParser json, Reader<T> reader) {
		expect(json.currentToken() == JsonToken.START_ARRAY);
		List<T> list = new ArrayList<>();
		while (json.nextToken() != JsonToken.END_ARRAY) {
			expect(list.size() < MAX_ENTRIES);
			list.add(reader.read(json));
		}
		return list;
	}

	private static Instant instant(JsonParser json) {
		double seconds = json.getDoubleValue();
		expect(Math.abs(seconds) < MAX_SECONDS);
		return Instant.ofEpochMilli(Math.round(seconds * 1000));
	}

	private static void expect(boolean expected) {
		if (!expected) {
			throw unexpected();
		}
	}

	private static SdkClientException unexpected() {
		return SdkClientException.create("The answer is not one of Secrets Manager");
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
