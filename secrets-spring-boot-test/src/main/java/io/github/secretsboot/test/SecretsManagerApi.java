package io.github.secretsboot.test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

import io.github.secretsboot.test.FaultScript.Plan;
import io.github.secretsboot.test.SecretStore.Selected;
import io.github.secretsboot.test.StoredSecret.Details;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The operations, from a request's JSON to a response's.
 */
final class SecretsManagerApi {

	private static final int MAX_ID = 2048;

	private static final int MAX_STAGE = 256;

	private final SecretStore store;

	private final ResponseBodies bodies;

	SecretsManagerApi(SecretStore store, JsonMapper mapper) {
		this.store = store;
		this.bodies = new ResponseBodies(mapper);
	}

	ObjectNode answer(Operation operation, RequestBody request, Plan plan) {
		return switch (operation) {
			case CREATE_SECRET -> create(request);
			case PUT_SECRET_VALUE -> put(request);
			case UPDATE_SECRET -> update(request);
			case GET_SECRET_VALUE -> get(request, plan);
			case BATCH_GET_SECRET_VALUE -> batchGet(request, plan);
			case DESCRIBE_SECRET -> describe(request);
			case LIST_SECRETS -> listSecrets(request);
			case LIST_SECRET_VERSION_IDS -> listVersions(request);
			case UPDATE_SECRET_VERSION_STAGE -> moveStage(request);
			case DELETE_SECRET -> delete(request);
			case RESTORE_SECRET -> this.bodies.identity(this.store.restore(secretId(request)));
		};
	}

	private ObjectNode create(RequestBody request) {
		Details details = new Details(request.text("Description"), request.text("KmsKeyId"), request.tags());
		return this.bodies
			.written(this.store.create(request.required("Name", 512), versionId(request), request.content(), details));
	}

	private ObjectNode put(RequestBody request) {
		List<String> stages = request.texts("VersionStages", 20);
		SecretContent content = request.content();
		if (content == null) {
			throw AwsError.invalidRequest("You must provide either SecretString or SecretBinary.");
		}
		Selected put = this.store.put(secretId(request), versionId(request), content,
				(stages != null) ? stages : List.of(SecretVersions.CURRENT));
		ObjectNode body = this.bodies.written(put);
		if (put.version() != null) {
			ArrayNode array = body.putArray("VersionStages");
			put.version().stages().forEach(array::add);
		}
		return body;
	}

	private ObjectNode update(RequestBody request) {
		return this.bodies.written(this.store.update(secretId(request), versionId(request), request.content(),
				request.text("Description"), request.text("KmsKeyId")));
	}

	private ObjectNode get(RequestBody request, Plan plan) {
		String id = secretId(request);
		Selected selected = this.store.get(id, request.text("VersionId", 32, 64),
				request.text("VersionStage", 1, MAX_STAGE));
		return this.bodies.value(selected, plan.isBroken(id));
	}

	private ObjectNode batchGet(RequestBody request, Plan plan) {
		rejectFilters(request);
		if (request.has("MaxResults") || request.has("NextToken")) {
			throw AwsError.invalidParameter("MaxResults and NextToken are only allowed together with Filters.");
		}
		List<String> ids = request.texts("SecretIdList", 20);
		if (ids == null) {
			throw AwsError.invalidParameter("Either 'SecretIdList' or 'Filters' must be provided, but not both.");
		}
		ObjectNode body = this.bodies.empty();
		ArrayNode values = body.putArray("SecretValues");
		ArrayNode errors = body.putArray("Errors");
		for (String id : ids) {
			try {
				failInBatch(id, plan);
				values.add(this.bodies.value(this.store.get(id, null, null), plan.isBroken(id)));
			}
			catch (AwsError ex) {
				errors.add(this.bodies.error(id, ex));
			}
		}
		return body;
	}

	private void failInBatch(String id, Plan plan) {
		Fault fault = plan.faultsById().get(id);
		if (fault != null) {
			throw FaultErrors.of(fault, Operation.GET_SECRET_VALUE, id, this.store);
		}
	}

	private ObjectNode describe(RequestBody request) {
		return this.bodies.description(this.store.describe(secretId(request)), "VersionIdsToStages");
	}

	private ObjectNode listSecrets(RequestBody request) {
		rejectFilters(request);
		boolean deletedToo = request.flag("IncludePlannedDeletion");
		List<StoredSecret> secrets = this.store.list()
			.stream()
			.filter((secret) -> deletedToo || secret.deletion() == null)
			.toList();
		ObjectNode body = this.bodies.empty();
		addPage(body, "SecretList", request, secrets,
				(secret) -> this.bodies.description(secret, "SecretVersionsToStages"));
		return body;
	}

	private ObjectNode listVersions(RequestBody request) {
		StoredSecret secret = this.store.describe(secretId(request));
		boolean deprecatedToo = request.flag("IncludeDeprecated");
		List<SecretVersion> versions = secret.versions()
			.all()
			.stream()
			.filter((version) -> deprecatedToo || !version.stages().isEmpty())
			.toList();
		ObjectNode body = this.bodies.identity(secret);
		addPage(body, "Versions", request, versions, this.bodies::version);
		return body;
	}

	private <T> void addPage(ObjectNode body, String member, RequestBody request, List<T> all,
			Function<T, ObjectNode> toJson) {
		Integer maxResults = request.number("MaxResults");
		if (maxResults != null && (maxResults < 1 || maxResults > 100)) {
			throw AwsError.constraint("maxResults", "be between 1 and 100");
		}
		int start = start(request.text("NextToken"), all.size());
		int end = Math.min(all.size(), start + ((maxResults != null) ? maxResults : 100));
		ArrayNode page = body.putArray(member);
		all.subList(start, end).forEach((element) -> page.add(toJson.apply(element)));
		if (end < all.size()) {
			body.put("NextToken", Integer.toString(end));
		}
	}

	private static int start(@Nullable String nextToken, int size) {
		try {
			return (nextToken != null) ? Math.min(Integer.parseUnsignedInt(nextToken), size) : 0;
		}
		catch (NumberFormatException ex) {
			throw new AwsError(400, "InvalidNextTokenException", "The NextToken value is invalid.");
		}
	}

	private ObjectNode moveStage(RequestBody request) {
		return this.bodies.identity(this.store.moveStage(secretId(request), request.required("VersionStage", MAX_STAGE),
				request.text("MoveToVersionId", 32, 64), request.text("RemoveFromVersionId", 32, 64)));
	}

	private ObjectNode delete(RequestBody request) {
		String id = secretId(request);
		Integer days = request.number("RecoveryWindowInDays");
		if (!request.flag("ForceDeleteWithoutRecovery")) {
			return markForDeletion(id, (days != null) ? days : 30);
		}
		if (days != null) {
			throw AwsError
				.invalidParameter("You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
		}
		StoredSecret deleted = this.store.delete(id);
		Instant now = this.store.now();
		return (deleted != null) ? this.bodies.deletion(deleted.arn(), deleted.name(), now)
				: this.bodies.deletion(this.store.newArn(id), id, now);
	}

	private ObjectNode markForDeletion(String id, int days) {
		if (days < 7 || days > 30) {
			throw AwsError
				.invalidParameter("The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).");
		}
		StoredSecret marked = this.store.markForDeletion(id, Duration.ofDays(days));
		return this.bodies.deletion(marked.arn(), marked.name(), this.store.now().plus(Duration.ofDays(days)));
	}

	private static void rejectFilters(RequestBody request) {
		if (request.has("Filters")) {
			throw AwsError.invalidParameter("This in-JVM Secrets Manager does not support Filters.");
		}
	}

	private static String secretId(RequestBody request) {
		return request.required("SecretId", MAX_ID);
	}

	private static String versionId(RequestBody request) {
		String token = request.text("ClientRequestToken", 32, 64);
		return (token != null) ? token : UUID.randomUUID().toString();
	}

}
