package io.github.secretsboot.test;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * How a secret is connected with its namesakes in other regions. Immutable.
 *
 * @param primaryRegion where the primary secret is, if there is or was a replica
 * @param replicas where the replicas are, if this is the primary secret
 */
record Replication(@Nullable String primaryRegion, List<Replica> replicas) {

	static final Replication NONE = new Replication(null, List.of());

	Replication with(String primaryRegion, Replica replica) {
		List<Replica> replicas = new ArrayList<>(without(List.of(replica.region())).replicas());
		replicas.add(replica);
		return new Replication(primaryRegion, replicas);
	}

	Replication without(Collection<String> regions) {
		return new Replication(this.primaryRegion,
				this.replicas.stream().filter((replica) -> !regions.contains(replica.region())).toList());
	}

	/**
	 * A replica.
	 *
	 * @param region where it is
	 * @param kmsKeyId the key that encrypts it there
	 * @param failure why there is none, if there is none
	 */
	record Replica(String region, @Nullable String kmsKeyId, @Nullable String failure) {

		Replica failed(String failure) {
			return new Replica(this.region, this.kmsKeyId, failure);
		}

	}

}
