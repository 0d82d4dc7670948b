package io.github.secretsboot.test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import io.github.secretsboot.test.Replication.Replica;
import io.github.secretsboot.test.StoredSecret.Details;

/**
 * The part of a {@link SecretsManagerServer} that plays the secrets' owner.
 */
abstract sealed class SecretOperations permits RotationOperations {

	private static final Duration RECOVERY_WINDOW = Duration.ofDays(30);

	final Partition partition;

	final SecretStore store;

	SecretOperations(Partition partition, SecretStore store) {
		this.partition = partition;
		this.store = store;
	}

	/**
	 * Create a secret that holds text.
	 * @param name the name
	 * @param text the text
	 * @return the version id
	 */
	public String create(String name, String text) {
		return create(name, SecretContent.of(text));
	}

	/**
	 * Create a secret that holds bytes.
	 * @param name the name
	 * @param bytes the bytes
	 * @return the version id
	 */
	public String create(String name, byte[] bytes) {
		return create(name, SecretContent.of(bytes));
	}

	/**
	 * Create a secret that holds a JSON object.
	 * @param name the name
	 * @param members the object's members
	 * @return the version id
	 */
	public String create(String name, Map<String, ?> members) {
		return create(name, json(members));
	}

	private String create(String name, SecretContent content) {
		String versionId = newVersionId();
		this.partition.atomically(() -> this.store.create(name, versionId, content, Details.NONE));
		return versionId;
	}

	/**
	 * Give a secret a new current version, in one step.
	 * @param secret the secret
	 * @param text the new text
	 * @return the new version id
	 */
	public String rotate(String secret, String text) {
		return put(secret, SecretContent.of(text), SecretVersions.CURRENT);
	}

	/**
	 * Give a secret a new current version, in one step.
	 * @param secret the secret
	 * @param bytes the new bytes
	 * @return the new version id
	 */
	public String rotate(String secret, byte[] bytes) {
		return put(secret, SecretContent.of(bytes), SecretVersions.CURRENT);
	}

	/**
	 * Give a secret a new current version, in one step.
	 * @param secret the secret
	 * @param members the new JSON object's members
	 * @return the new version id
	 */
	public String rotate(String secret, Map<String, ?> members) {
		return put(secret, json(members), SecretVersions.CURRENT);
	}

	/**
	 * Begin a rotation as a rotation function does: add a version labelled
	 * {@code AWSPENDING}. {@code AWSCURRENT} stays where it is.
	 * @param secret the secret
	 * @param text the new text
	 * @return the new version id
	 */
	public String putPending(String secret, String text) {
		return put(secret, SecretContent.of(text), SecretVersions.PENDING);
	}

	/**
	 * Begin a rotation as a rotation function does: add a version labelled
	 * {@code AWSPENDING}. {@code AWSCURRENT} stays where it is.
	 * @param secret the secret
	 * @param bytes the new bytes
	 * @return the new version id
	 */
	public String putPending(String secret, byte[] bytes) {
		return put(secret, SecretContent.of(bytes), SecretVersions.PENDING);
	}

	/**
	 * Begin a rotation as a rotation function does: add a version labelled
	 * {@code AWSPENDING}. {@code AWSCURRENT} stays where it is.
	 * @param secret the secret
	 * @param members the new JSON object's members
	 * @return the new version id
	 */
	public String putPending(String secret, Map<String, ?> members) {
		return put(secret, json(members), SecretVersions.PENDING);
	}

	private String put(String secret, SecretContent content, String stage) {
		String versionId = newVersionId();
		this.partition.atomically(() -> this.store.put(secret, versionId, content, List.of(stage)));
		return versionId;
	}

	/**
	 * Finish a rotation: the pending version becomes the current one, and the current one
	 * the previous.
	 * @param secret the secret
	 * @return the id of the new current version
	 */
	public String finishRotation(String secret) {
		return this.partition.atomically(() -> this.store.finishRotation(secret)).id();
	}

	/**
	 * Move a staging label to a version. Moving {@code AWSCURRENT} also moves
	 * {@code AWSPREVIOUS}.
	 * @param secret the secret
	 * @param stage the staging label
	 * @param versionId the version
	 */
	public void moveStage(String secret, String stage, String versionId) {
		this.partition.atomically(() -> this.store.change(secret, (stored) -> stored
			.with(stored.versions().attach(stage, existing(stored, versionId).id()), this.store.now())));
	}

	private static SecretVersion existing(StoredSecret secret, String versionId) {
		return AwsError.require(secret.versions().find(versionId), () -> AwsError.versionNotFound(versionId));
	}

	/**
	 * Return the ARN of a secret.
	 * @param secret the secret
	 * @return the ARN
	 */
	public String arn(String secret) {
		return describe(secret).arn();
	}

	/**
	 * Return the id of a secret's current version.
	 * @param secret the secret
	 * @return the version id
	 */
	public String currentVersionId(String secret) {
		return describe(secret).versions().select(null, SecretVersions.CURRENT).id();
	}

	private StoredSecret describe(String secret) {
		return this.partition.atomically(() -> this.store.describe(secret));
	}

	/**
	 * Look up a secret's text as its owner. This is not a call, so it is not counted, and
	 * faults do not apply.
	 * @param secret the secret
	 * @param stage the staging label, such as {@code AWSPREVIOUS}
	 * @return the version with that label, or empty if there is no such secret or
	 * version, or if it is binary
	 */
	public Optional<StoredVersion> find(String secret, String stage) {
		StoredSecret stored = this.partition.atomically(() -> this.store.find(secret));
		SecretVersion version = (stored != null) ? stored.versions().findByStage(stage) : null;
		SecretContent content = (version != null) ? version.content() : null;
		String text = (content != null) ? content.text() : null;
		return (version != null && text != null) ? Optional.of(new StoredVersion(version.id(), text, version.created()))
				: Optional.empty();
	}

	/**
	 * Replicate a secret to other regions, whose servers have
	 * {@linkplain SecretsManagerServer.Builder#join(SecretsManagerServer) joined} this
	 * one. Replicas follow the secret at once.
	 * @param secret the secret
	 * @param regions the regions
	 */
	public void replicate(String secret, String... regions) {
		List<Replica> replicas = Stream.of(regions).map((region) -> new Replica(region, null, null)).toList();
		this.partition.atomically(() -> this.partition.replicator().add(this.store, secret, replicas, false));
	}

	/**
	 * Promote a replica to a standalone secret, which no longer follows.
	 * @param secret the replica in the region of this server
	 */
	public void promote(String secret) {
		this.partition.atomically(() -> this.partition.replicator().promote(this.store, secret));
	}

	/**
	 * Delete a secret at once. If it is created again, it has another ARN.
	 * @param secret the secret
	 */
	public void delete(String secret) {
		AwsError.require(this.partition.atomically(() -> this.store.delete(secret)), AwsError::secretNotFound);
	}

	/**
	 * Mark a secret for deletion in 30 days.
	 * @param secret the secret
	 */
	public void markForDeletion(String secret) {
		this.partition.atomically(() -> this.store.markForDeletion(secret, RECOVERY_WINDOW));
	}

	/**
	 * Restore a secret that is {@linkplain #markForDeletion(String) marked for deletion}.
	 * @param secret the secret
	 */
	public void restore(String secret) {
		this.partition.atomically(() -> this.store.restore(secret));
	}

	private static SecretContent json(Map<String, ?> members) {
		return SecretContent.of(Json.MAPPER.writeValueAsString(members));
	}

	private static String newVersionId() {
		return UUID.randomUUID().toString();
	}

}
