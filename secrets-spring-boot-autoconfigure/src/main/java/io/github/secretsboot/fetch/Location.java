package io.github.secretsboot.fetch;

import org.jspecify.annotations.Nullable;

/**
 * Where a secret is read and as whom. One client serves one location.
 *
 * @param region the AWS region, or {@code null} for the application's
 * @param roleArn the role to assume, or {@code null} for the application's own identity
 */
public record Location(@Nullable String region, @Nullable String roleArn) {

	/** The region and the identity of the application. */
	public static final Location DEFAULT = new Location(null, null);

	/**
	 * Another region as the same identity.
	 * @param region the region, or {@code null} for the application's
	 * @return the location
	 */
	public Location withRegion(@Nullable String region) {
		return new Location(region, this.roleArn);
	}

}
