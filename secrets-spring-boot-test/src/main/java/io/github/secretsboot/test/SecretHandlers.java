package io.github.secretsboot.test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.secretsboot.test.Replication.Replica;
import io.github.secretsboot.test.StoredSecret.Details;
import tools.jackson.databind.node.ObjectNode;

/**
 * The operations on a secret as a whole.
 */
final class SecretHandlers {

	private static final int MAX_NAME = 512;

	private static final int MAX_TEXT = 2048;

	private final ReplicationHandlers replication;

	SecretHandlers(ReplicationHandlers replication) {
		this.replication = replication;
	}

	void addTo(Map<Operation, Handler> handlers) {
		handlers.put(Operation.CREATE_SECRET, this::create);
		handlers.put(Operation.UPDATE_SECRET, this::update);
		handlers.put(Operation.DESCRIBE_SECRET, this::describe);
		handlers.put(Operation.DELETE_SECRET, this::delete);
		handlers.put(Operation.RESTORE_SECRET, this::restore);
	}

	private ObjectNode create(Call call) {
		RequestBody request = call.request();
		String name = request.required("Name", MAX_NAME);
		String token = request.token();
		Details details = new Details(request.text("Description", 0, MAX_TEXT), request.text("KmsKeyId", 0, MAX_TEXT),
				Tags.emptyToNull(Tags.of(request)));
		List<Replica> replicas = ReplicationHandlers.replicas(request);
		Replicator.requireElsewhere(call.home(), replicas);
		Access.checkKey(call, details.kmsKeyId(), call.home().newArn(name), Access.ENCRYPT);
		ObjectNode body = ResponseBodies.written(call.home().create(name, token, request.content(), details));
		if (!replicas.isEmpty()) {
			this.replication.addReplicas(call, name, replicas, body);
		}
		return body;
	}

	private ObjectNode update(Call call) {
		RequestBody request = call.request();
		String id = request.secretId();
		String token = request.token();
		SecretContent content = request.content();
		String key = request.text("KmsKeyId", 0, MAX_TEXT);
		StoredSecret secret = call.store(id).writable(id);
		if (content != null) {
			Access.checkKey(call, (key != null) ? key : secret.details().kmsKeyId(), secret.arn(), Access.ENCRYPT);
		}
		return ResponseBodies
			.written(call.store(id).update(id, token, content, request.text("Description", 0, MAX_TEXT), key));
	}

	private ObjectNode describe(Call call) {
		String id = call.request().secretId();
		StoredSecret secret = call.store(id).describe(id);
		ObjectNode body = ResponseBodies.description(secret, "VersionIdsToStages");
		if (!secret.replication().replicas().isEmpty()) {
			this.replication.addStatus(body, call.store(id), secret, Set.of());
		}
		return body;
	}

	private ObjectNode delete(Call call) {
		RequestBody request = call.request();
		String id = request.secretId();
		Integer days = request.number("RecoveryWindowInDays");
		if (days != null && (days < 7 || days > 30)) {
			throw AwsError
				.invalidParameter("The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).");
		}
		if (!request.flag("ForceDeleteWithoutRecovery", false)) {
			return markForDeletion(call.store(id), id, Duration.ofDays((days != null) ? days : 30));
		}
		if (days != null) {
			throw AwsError
				.invalidParameter("You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
		}
		return deleteAtOnce(call.store(id), id);
	}

	private ObjectNode markForDeletion(SecretStore store, String id, Duration window) {
		StoredSecret marked = store.markForDeletion(id, window);
		return ResponseBodies.deletion(marked.arn(), marked.name(), store.now().plus(window));
	}

	/**
	 * AWS says the same of a secret that there never was.
	 */
	private ObjectNode deleteAtOnce(SecretStore store, String id) {
		StoredSecret deleted = store.delete(id);
		Instant now = store.now();
		return (deleted != null) ? ResponseBodies.deletion(deleted.arn(), deleted.name(), now)
				: ResponseBodies.deletion(store.newArn(id), id, now);
	}

	private ObjectNode restore(Call call) {
		String id = call.request().secretId();
		return ResponseBodies.identity(call.store(id).restore(id));
	}

}
