package io.github.secretsboot.test;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;

import io.github.secretsboot.test.Replication.Replica;
import io.github.secretsboot.test.SecretStore.Selected;
import io.github.secretsboot.test.StoredSecret.Deletion;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What answers look like: absent facts are left out, dates are seconds with fractions.
 */
final class ResponseBodies {

	private static final String DEFAULT_KEY = "DefaultEncryptionKey";

	private ResponseBodies() {
	}

	static ObjectNode empty() {
		return JsonNodeFactory.instance.objectNode();
	}

	static ObjectNode identity(String arn, String name) {
		return empty().put("ARN", arn).put("Name", name);
	}

	static ObjectNode identity(StoredSecret secret) {
		return identity(secret.arn(), secret.name());
	}

	static ObjectNode written(Selected selected) {
		ObjectNode body = identity(selected.secret());
		if (selected.version() != null) {
			body.put("VersionId", selected.version().id());
		}
		return body;
	}

	static ObjectNode value(Selected selected, boolean broken) {
		SecretVersion version = selected.version();
		ObjectNode body = written(selected);
		if (version != null) {
			addContent(body, version.content(), broken);
			addStages(body, version);
			body.put("CreatedDate", seconds(version.created()));
		}
		return body;
	}

	private static void addContent(ObjectNode body, @Nullable SecretContent content, boolean broken) {
		String text = (content != null) ? content.text() : null;
		if (text != null) {
			body.put("SecretString", broken ? text.substring(0, text.length() / 2) : text);
		}
		else if (content != null) {
			body.put("SecretBinary", content.bytes());
		}
	}

	static ObjectNode error(String secretId, AwsError error) {
		return empty().put("SecretId", secretId).put("ErrorCode", error.code()).put("Message", error.text());
	}

	static ObjectNode description(StoredSecret secret, String stagesMember) {
		ObjectNode body = identity(secret);
		putUnlessNull(body, "Description", secret.details().description());
		putUnlessNull(body, "KmsKeyId", secret.details().kmsKeyId());
		addRotation(body, secret.rotation());
		body.put("CreatedDate", seconds(secret.dates().created()));
		body.put("LastChangedDate", seconds(secret.dates().changed()));
		addRead(body, secret.dates().read());
		Deletion deletion = secret.deletion();
		if (deletion != null) {
			body.put("DeletedDate", seconds(deletion.marked()));
		}
		putUnlessNull(body, "PrimaryRegion", secret.replication().primaryRegion());
		addTags(body, secret.details().tags());
		addStages(body, stagesMember, secret.versions().all());
		return body;
	}

	private static void addRotation(ObjectNode body, @Nullable RotationSettings rotation) {
		if (rotation == null) {
			return;
		}
		body.put("RotationEnabled", rotation.enabled());
		body.put("RotationLambdaARN", rotation.lambdaArn());
		if (rotation.rules() != null) {
			body.set("RotationRules", rotation.rules().toJson());
		}
		if (rotation.last() != null) {
			body.put("LastRotatedDate", seconds(rotation.last()));
		}
		if (rotation.next() != null) {
			body.put("NextRotationDate", seconds(rotation.next()));
		}
	}

	static ObjectNode deletion(String arn, String name, Instant due) {
		return identity(arn, name).put("DeletionDate", seconds(due));
	}

	static ObjectNode version(SecretVersion version, StoredSecret secret) {
		ObjectNode body = empty().put("VersionId", version.id());
		addStages(body, version);
		body.put("CreatedDate", seconds(version.created()));
		addRead(body, version.read());
		String key = secret.details().kmsKeyId();
		body.putArray("KmsKeyIds").add((key != null) ? key : DEFAULT_KEY);
		return body;
	}

	static ObjectNode replica(Replica replica, boolean inProgress, @Nullable StoredSecret there) {
		ObjectNode body = empty().put("Region", replica.region());
		body.put("KmsKeyId", (replica.kmsKeyId() != null) ? replica.kmsKeyId() : "alias/aws/secretsmanager");
		if (inProgress) {
			return body.put("Status", "InProgress");
		}
		body.put("Status", (replica.failure() != null) ? "Failed" : "InSync");
		body.put("StatusMessage", (replica.failure() != null) ? replica.failure() : "Replication succeeded");
		addRead(body, (there != null) ? there.dates().read() : null);
		return body;
	}

	private static void addRead(ObjectNode body, @Nullable Instant day) {
		if (day != null) {
			body.put("LastAccessedDate", seconds(day));
		}
	}

	private static void addStages(ObjectNode body, SecretVersion version) {
		if (!version.stages().isEmpty()) {
			ArrayNode stages = body.putArray("VersionStages");
			version.stages().forEach(stages::add);
		}
	}

	private static void addStages(ObjectNode body, String member, Collection<SecretVersion> versions) {
		ObjectNode stagesById = empty();
		for (SecretVersion version : versions) {
			if (!version.stages().isEmpty()) {
				ArrayNode stages = stagesById.putArray(version.id());
				version.stages().forEach(stages::add);
			}
		}
		if (!stagesById.isEmpty()) {
			body.set(member, stagesById);
		}
	}

	private static void addTags(ObjectNode body, @Nullable Map<String, String> tags) {
		if (tags != null) {
			ArrayNode array = body.putArray("Tags");
			tags.forEach((key, value) -> array.addObject().put("Key", key).put("Value", value));
		}
	}

	private static void putUnlessNull(ObjectNode body, String member, @Nullable String value) {
		if (value != null) {
			body.put(member, value);
		}
	}

	private static BigDecimal seconds(Instant instant) {
		return BigDecimal.valueOf(instant.toEpochMilli(), 3);
	}

}
