package io.github.secretsboot.test;

import java.util.List;
import java.util.Map;

import io.github.secretsboot.test.SecretStore.Selected;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The operations on the versions of one secret.
 */
final class VersionHandlers {

	private static final int MAX_STAGE = 256;

	private static final int MAX_STAGES = 20;

	private static final int MAX_PAGE = 100;

	void addTo(Map<Operation, Handler> handlers) {
		handlers.put(Operation.PUT_SECRET_VALUE, this::put);
		handlers.put(Operation.GET_SECRET_VALUE, this::get);
		handlers.put(Operation.LIST_SECRET_VERSION_IDS, this::list);
		handlers.put(Operation.UPDATE_SECRET_VERSION_STAGE, this::moveStage);
	}

	private ObjectNode put(Call call) {
		RequestBody request = call.request();
		String id = request.secretId();
		String token = request.token();
		List<String> stages = request.texts("VersionStages", MAX_STAGES);
		SecretContent content = AwsError.require(request.content(),
				() -> AwsError.invalidRequest("You must provide either SecretString or SecretBinary."));
		StoredSecret secret = call.store(id).writable(id);
		Access.checkKey(call, secret.details().kmsKeyId(), secret.arn(), Access.ENCRYPT);
		Selected put = call.store(id)
			.put(id, token, content, (stages != null) ? stages : List.of(SecretVersions.CURRENT));
		ObjectNode body = ResponseBodies.written(put);
		if (put.version() != null) {
			ArrayNode array = body.putArray("VersionStages");
			put.version().stages().forEach(array::add);
		}
		return body;
	}

	private ObjectNode get(Call call) {
		return value(call, call.request().secretId(), versionId(call, "VersionId"),
				call.request().text("VersionStage", 1, MAX_STAGE));
	}

	/**
	 * Read a version of a secret, also as one of several.
	 */
	static ObjectNode value(Call call, String id, @Nullable String versionId, @Nullable String stage) {
		StoredSecret secret = call.store(id).usable(id);
		Access.checkKey(call, secret.details().kmsKeyId(), secret.arn(), Access.DECRYPT);
		return ResponseBodies.value(call.store(id).get(id, versionId, stage), call.plan().isBroken(id));
	}

	private ObjectNode list(Call call) {
		String id = call.request().secretId();
		StoredSecret secret = call.store(id).describe(id);
		boolean deprecatedToo = call.request().flag("IncludeDeprecated", false);
		List<SecretVersion> versions = secret.versions()
			.all()
			.stream()
			.filter((version) -> deprecatedToo || !version.stages().isEmpty())
			.toList();
		Page<SecretVersion> page = Page.of(versions, call.request(), MAX_PAGE);
		ObjectNode body = ResponseBodies.identity(secret);
		page.addTo(body, "Versions", (version) -> ResponseBodies.version(version, secret));
		return body;
	}

	private ObjectNode moveStage(Call call) {
		String id = call.request().secretId();
		return ResponseBodies.identity(call.store(id)
			.moveStage(id, call.request().required("VersionStage", MAX_STAGE), versionId(call, "MoveToVersionId"),
					versionId(call, "RemoveFromVersionId")));
	}

	private static @Nullable String versionId(Call call, String member) {
		return call.request().text(member, 32, 64);
	}

}
