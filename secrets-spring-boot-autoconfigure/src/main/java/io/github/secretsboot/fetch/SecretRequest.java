package io.github.secretsboot.fetch;

import org.jspecify.annotations.Nullable;

/**
 * What is asked of Secrets Manager: one version of one secret.
 *
 * @param name the name, ARN or partial ARN, exactly as the application wrote it
 * @param stage the staging label, or {@code null} for {@code AWSCURRENT}
 * @param versionId the version id, or {@code null} for whatever the label names
 */
public record SecretRequest(String name, @Nullable String stage, @Nullable String versionId) {

	/** The label of the version in use. */
	public static final String CURRENT = "AWSCURRENT";

	/** The label of the version before the one in use. */
	public static final String PREVIOUS = "AWSPREVIOUS";

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

}
