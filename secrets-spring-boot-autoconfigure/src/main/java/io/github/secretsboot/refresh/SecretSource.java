package io.github.secretsboot.refresh;

import io.github.secretsboot.fetch.Location;
import io.github.secretsboot.fetch.SecretRequest;
import io.github.secretsboot.iam.SecretArn;
import io.github.secretsboot.mapping.MappingRules;
import org.jspecify.annotations.Nullable;

/**
 * One secret to load, with its name expanded. An entry of {@code secrets.sources} whose
 * name expands to several names becomes as many sources with the same position, of which
 * at least one must exist.
 *
 * @param name the name or ARN
 * @param declaredName the name as it is written in {@code secrets.sources}
 * @param position the index in {@code secrets.sources}
 * @param optional whether the secret may be missing
 * @param stage the staging label, or {@code null} for {@code AWSCURRENT}
 * @param versionId the version id, or {@code null} for whatever the label names
 * @param previous whether the values of {@code AWSPREVIOUS} are loaded as well
 * @param mapping how the content becomes properties
 * @param location where the secret is read, and as whom
 */
public record SecretSource(String name, String declaredName, int position, boolean optional, @Nullable String stage,
		@Nullable String versionId, boolean previous, MappingRules mapping, Location location) {

	/**
	 * Create a source that is read where its name says, or else in the application's own
	 * region, as the application.
	 * @param name the name or ARN
	 * @param declaredName the name as it is written
	 * @param position the index in {@code secrets.sources}
	 * @param optional whether the secret may be missing
	 * @param stage the staging label
	 * @param versionId the version id
	 * @param previous whether {@code AWSPREVIOUS} is loaded as well
	 * @param mapping how the content becomes properties
	 */
	public SecretSource(String name, String declaredName, int position, boolean optional, @Nullable String stage,
			@Nullable String versionId, boolean previous, MappingRules mapping) {
		this(name, declaredName, position, optional, stage, versionId, previous, mapping,
				new Location(SecretArn.regionOf(name), null));
	}

	/**
	 * Whether an application means this source by a name.
	 * @param secretName a name as written or expanded
	 * @return {@code true} if it does
	 */
	public boolean isNamed(String secretName) {
		return secretName.equals(this.name) || secretName.equals(this.declaredName);
	}

	/**
	 * What to ask Secrets Manager for.
	 * @return the request
	 */
	public SecretRequest request() {
		return new SecretRequest(this.name, this.stage, this.versionId, this.location);
	}

	/**
	 * What to ask for the version before.
	 * @return the request
	 */
	public SecretRequest previousRequest() {
		return new SecretRequest(this.name, SecretRequest.PREVIOUS, null, this.location);
	}

	/**
	 * Whether the content can never change, so that reading it again would be a waste.
	 */
	boolean isPinned() {
		return this.versionId != null;
	}

}
