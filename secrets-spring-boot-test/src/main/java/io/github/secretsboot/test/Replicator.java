package io.github.secretsboot.test;

import java.util.Collection;
import java.util.List;

import io.github.secretsboot.test.Replication.Replica;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the replicas of an account's secrets. Guarded by the lock of the
 * {@link Partition}.
 */
final class Replicator {

	private final Partition partition;

	Replicator(Partition partition) {
		this.partition = partition;
	}

	/**
	 * Begin to replicate a secret.
	 * @param force whether another secret of that name may be overwritten
	 */
	StoredSecret add(SecretStore home, String id, List<Replica> replicas, boolean force) {
		requireElsewhere(home, replicas);
		StoredSecret secret = home.writable(id);
		Replication replication = secret.replication();
		for (Replica replica : replicas) {
			replication = replication.with(home.region(), checked(home, secret, replica, force));
		}
		return home.save(secret.with(replication));
	}

	static void requireElsewhere(SecretStore home, List<Replica> replicas) {
		if (replicas.stream().anyMatch((replica) -> replica.region().equals(home.region()))) {
			throw AwsError.invalidParameter("Invalid replica region.");
		}
	}

	private Replica checked(SecretStore home, StoredSecret secret, Replica replica, boolean force) {
		SecretStore there = there(home, replica);
		boolean taken = there.find(secret.name()) != null && there.find(arnIn(secret, replica.region())) == null;
		if (!taken) {
			return replica;
		}
		if (force) {
			there.remove(secret.name());
			return replica;
		}
		return replica.failed("Replication failed: Secret name %s already exists in region %s.".formatted(secret.name(),
				replica.region()));
	}

	StoredSecret remove(SecretStore home, String id, Collection<String> regions) {
		StoredSecret secret = home.writable(id);
		for (Replica replica : secret.replication().replicas()) {
			if (regions.contains(replica.region()) && replica.failure() == null) {
				there(home, replica).remove(secret.name());
			}
		}
		return home.save(secret.with(secret.replication().without(regions)));
	}

	/**
	 * Make a replica a secret of its own, which the primary one forgets.
	 */
	StoredSecret promote(SecretStore home, String id) {
		StoredSecret replica = home.usable(id);
		String primaryRegion = replica.replication().primaryRegion();
		if (primaryRegion == null || primaryRegion.equals(home.region())) {
			throw AwsError.invalidParameter(
					"Operation not permitted on a primary secret. Call must be made in " + "replica secret's region.");
		}
		SecretStore there = this.partition.store(home.account(), primaryRegion);
		StoredSecret primary = there.describe(replica.name());
		there.save(primary.with(primary.replication().without(List.of(home.region()))));
		return home.save(replica.with(Replication.NONE));
	}

	/**
	 * Let the replicas be what the primary secret is.
	 */
	void propagate(SecretStore home, StoredSecret secret) {
		for (Replica replica : secret.replication().replicas()) {
			if (replica.failure() == null) {
				SecretStore there = there(home, replica);
				there.save(
						secret.replica(arnIn(secret, replica.region()), replica.kmsKeyId(), there.find(secret.name())));
			}
		}
	}

	/**
	 * Find the secret that a replica is in its region.
	 */
	@Nullable StoredSecret find(SecretStore home, StoredSecret secret, Replica replica) {
		return (replica.failure() == null) ? there(home, replica).find(secret.name()) : null;
	}

	private SecretStore there(SecretStore home, Replica replica) {
		return this.partition.store(home.account(), replica.region());
	}

	private static String arnIn(StoredSecret secret, String region) {
		String[] parts = secret.arn().split(":", 5);
		parts[3] = region;
		return String.join(":", parts);
	}

}
