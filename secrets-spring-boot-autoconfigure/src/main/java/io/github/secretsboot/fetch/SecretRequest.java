package io.github.secretsboot.fetch;

import io.github.secretsboot.iam.SecretArn;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of Secrets Manager: one version of one secret.
 *
 * @param name the name, ARN or partial ARN, exactly as the application wrote it
 * @param stage the staging label, or {@code null} for {@code AWSCURRENT}
 * @param versionId the version id, or {@code null} for whatever the label names
 * @param location where to ask, and as whom
 */
public record SecretRequest(String name, @Nullable String stage, @Nullable String versionId, Location location) {

	/** The label of the version in use. */
	public static final String CURRENT = "AWSCURRENT";

	/** The label of the version before the one in use. */
	public static final String PREVIOUS = "AWSPREVIOUS";

	/**
	 * Create a request to the application's own region, as itself.
	 * @param name the name, ARN or partial ARN
	 * @param stage the staging label
	 * @param versionId the version id
	 */
	public SecretRequest(String name, @Nullable String stage, @Nullable String versionId) {
		this(name, stage, versionId, Location.DEFAULT);
	}

	/**
	 * A request for the version in use.
	 * @param name the name or ARN
	 * @return the request
	 */
	public static SecretRequest current(String name) {
		return new SecretRequest(name, null, null);
	}

	/**
	 * Whether {@code BatchGetSecretValue}, which takes neither label nor version, can
	 * answer this request.
	 * @return {@code true} if it can
	 */
	public boolean isBatchable() {
		return (this.stage == null || this.stage.equals(CURRENT)) && this.versionId == null;
	}

	SecretRequest at(Location location) {
		return new SecretRequest(this.name, this.stage, this.versionId, location);
	}

	/**
	 * The request for the replica in another region.
	 */
	SecretRequest inRegion(String region) {
		return new SecretRequest(SecretArn.inRegion(this.name, region), this.stage, this.versionId,
				this.location.withRegion(region));
	}

}
