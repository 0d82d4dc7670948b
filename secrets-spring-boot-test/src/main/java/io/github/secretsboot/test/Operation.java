package io.github.secretsboot.test;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * The operations of AWS Secrets Manager that {@link SecretsManagerServer} answers.
 *
 * @since 0.1.0
 */
public enum Operation {

	/**
	 * Creates a secret, with or without a first version.
	 */
	CREATE_SECRET("CreateSecret"),

	/**
	 * Adds a version to a secret.
	 */
	PUT_SECRET_VALUE("PutSecretValue"),

	/**
	 * Changes a secret's details and, where it carries a value, adds a version.
	 */
	UPDATE_SECRET("UpdateSecret"),

	/**
	 * Reads one version of one secret.
	 */
	GET_SECRET_VALUE("GetSecretValue"),

	/**
	 * Reads the current versions of up to twenty secrets.
	 */
	BATCH_GET_SECRET_VALUE("BatchGetSecretValue"),

	/**
	 * Reads a secret's details without its value.
	 */
	DESCRIBE_SECRET("DescribeSecret"),

	/**
	 * Lists the secrets.
	 */
	LIST_SECRETS("ListSecrets"),

	/**
	 * Lists the versions of one secret.
	 */
	LIST_SECRET_VERSION_IDS("ListSecretVersionIds"),

	/**
	 * Moves a staging label between versions.
	 */
	UPDATE_SECRET_VERSION_STAGE("UpdateSecretVersionStage"),

	/**
	 * Marks a secret for deletion, or deletes it at once.
	 */
	DELETE_SECRET("DeleteSecret"),

	/**
	 * Takes back the mark for deletion.
	 */
	RESTORE_SECRET("RestoreSecret"),

	/**
	 * Configures and starts the rotation of a secret.
	 */
	ROTATE_SECRET("RotateSecret"),

	/**
	 * Ends the rotation of a secret.
	 */
	CANCEL_ROTATE_SECRET("CancelRotateSecret"),

	/**
	 * Adds tags to a secret.
	 */
	TAG_RESOURCE("TagResource"),

	/**
	 * Removes tags from a secret.
	 */
	UNTAG_RESOURCE("UntagResource"),

	/**
	 * Attaches a policy to a secret.
	 */
	PUT_RESOURCE_POLICY("PutResourcePolicy"),

	/**
	 * Reads the policy of a secret.
	 */
	GET_RESOURCE_POLICY("GetResourcePolicy"),

	/**
	 * Removes the policy of a secret.
	 */
	DELETE_RESOURCE_POLICY("DeleteResourcePolicy"),

	/**
	 * Checks a policy before it is attached.
	 */
	VALIDATE_RESOURCE_POLICY("ValidateResourcePolicy"),

	/**
	 * Makes replicas of a secret in other regions.
	 */
	REPLICATE_SECRET_TO_REGIONS("ReplicateSecretToRegions"),

	/**
	 * Removes replicas of a secret.
	 */
	REMOVE_REGIONS_FROM_REPLICATION("RemoveRegionsFromReplication"),

	/**
	 * Makes a replica a secret of its own.
	 */
	STOP_REPLICATION_TO_REPLICA("StopReplicationToReplica"),

	/**
	 * Makes a random password.
	 */
	GET_RANDOM_PASSWORD("GetRandomPassword");

	private static final Map<String, Operation> BY_WIRE_NAME = Arrays.stream(values())
		.collect(Collectors.toUnmodifiableMap(Operation::wireName, Function.identity()));

	private final String wireName;

	Operation(String wireName) {
		this.wireName = wireName;
	}

	/**
	 * Return AWS's name of this operation.
	 * @return the name as it is sent, for example {@code GetSecretValue}
	 */
	public String wireName() {
		return this.wireName;
	}

	static @Nullable Operation ofWireName(String wireName) {
		return BY_WIRE_NAME.get(wireName);
	}

}
