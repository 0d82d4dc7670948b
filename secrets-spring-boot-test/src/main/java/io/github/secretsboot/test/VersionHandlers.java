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
		Selected put = call.store()
			.put(id, token, content, (stages != null) ? stages : List.of(SecretVersions.CURRENT));
		ObjectNode body = ResponseBodies.written(put);
		if (put.version() != null) {
			ArrayNode array = body.putArray("VersionStages");
			put.version().stages().forEach(array::add);
		}
		return body;
	}

	private ObjectNode get(Call call) {
		String id = call.request().secretId();
		Selected selected = call.store()
			.get(id, versionId(call, "VersionId"), call.request().text("VersionStage", 1, MAX_STAGE));
		return ResponseBodies.value(selected, call.plan().isBroken(id));
	}

	private ObjectNode list(Call call) {
		StoredSecret secret = call.store().describe(call.request().secretId());
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
		return ResponseBodies.identity(call.store()
			.moveStage(call.request().secretId(), call.request().required("VersionStage", MAX_STAGE),
					versionId(call, "MoveToVersionId"), versionId(call, "RemoveFromVersionId")));
	}

	private static @Nullable String versionId(Call call, String member) {
		return call.request().text(member, 32, 64);
	}

}
