package io.github.secretsboot.test;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import io.github.secretsboot.test.Replication.Replica;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The operations on replicas.
 */
final class ReplicationHandlers {

	private static final int MAX_REGION = 128;

	private static final int MAX_KEY = 2048;

	private static final int MAX_REGIONS = 100;

	private static final Pattern REGION = Pattern.compile("([a-z]+-)+\\d+");

	private final Replicator replicator;

	ReplicationHandlers(Replicator replicator) {
		this.replicator = replicator;
	}

	void addTo(Map<Operation, Handler> handlers) {
		handlers.put(Operation.REPLICATE_SECRET_TO_REGIONS, this::replicate);
		handlers.put(Operation.REMOVE_REGIONS_FROM_REPLICATION, this::remove);
		handlers.put(Operation.STOP_REPLICATION_TO_REPLICA, this::promote);
	}

	private ObjectNode replicate(Call call) {
		String id = call.request().secretId();
		call.store(id).writable(id);
		List<Replica> replicas = replicas(call.request());
		if (replicas.isEmpty()) {
			throw AwsError.constraint("null", "addReplicaRegions", "not be null");
		}
		ObjectNode body = ResponseBodies.empty();
		addReplicas(call, id, replicas, body);
		return body;
	}

	/**
	 * Begin to replicate a secret where a request says, and say so.
	 */
	void addReplicas(Call call, String id, List<Replica> replicas, ObjectNode body) {
		StoredSecret secret = this.replicator.add(call.store(id), id, replicas,
				call.request().flag("ForceOverwriteReplicaSecret", false));
		body.put("ARN", secret.arn());
		Set<String> inProgress = new HashSet<>();
		replicas.forEach((replica) -> inProgress.add(replica.region()));
		addStatus(body, call.store(id), secret, inProgress);
	}

	static List<Replica> replicas(RequestBody request) {
		List<Replica> replicas = new ArrayList<>();
		for (RequestBody replica : request.objects("AddReplicaRegions")) {
			String region = replica.required("Region", MAX_REGION);
			requireRegion(region);
			replicas.add(new Replica(region, replica.text("KmsKeyId", 0, MAX_KEY), null));
		}
		return replicas;
	}

	private static void requireRegion(String region) {
		if (!REGION.matcher(region).matches()) {
			throw AwsError.constraint("'" + region + "'", "region",
					"satisfy regular expression pattern: ^([a-z]+-)+\\d+$");
		}
	}

	private ObjectNode remove(Call call) {
		String id = call.request().secretId();
		call.store(id).writable(id);
		List<String> regions = AwsError.require(call.request().texts("RemoveReplicaRegions", MAX_REGIONS),
				() -> AwsError.constraint("null", "removeReplicaRegions", "not be null"));
		StoredSecret secret = this.replicator.remove(call.store(id), id, regions);
		ObjectNode body = ResponseBodies.empty().put("ARN", secret.arn());
		addStatus(body, call.store(id), secret, Set.of());
		return body;
	}

	private ObjectNode promote(Call call) {
		String id = call.request().secretId();
		StoredSecret promoted = this.replicator.promote(call.store(id), id);
		return ResponseBodies.empty().put("ARN", promoted.arn());
	}

	/**
	 * Say where the replicas are, and how they are doing.
	 * @param inProgress the regions that have just been added: AWS takes its time
	 */
	void addStatus(ObjectNode body, SecretStore store, StoredSecret secret, Set<String> inProgress) {
		ArrayNode status = body.putArray("ReplicationStatus");
		for (Replica replica : secret.replication().replicas()) {
			boolean pending = inProgress.contains(replica.region());
			status.add(ResponseBodies.replica(replica, pending,
					pending ? null : this.replicator.find(store, secret, replica)));
		}
	}

}
