package io.github.secretsboot.fetch;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

	private static final Pattern ARN = Pattern.compile("(arn:[^:]*:secretsmanager:)([^:]+)(:.*)");

	/**
	 * The region that an ARN names.
	 * @param nameOrArn the name or ARN of a secret
	 * @return the region, or {@code null} if it is not an ARN
	 */
	public static @Nullable String regionOf(String nameOrArn) {
		Matcher arn = ARN.matcher(nameOrArn);
		return arn.matches() ? arn.group(2) : null;
	}

	/**
	 * The same name or ARN in another region: replicas share all of an ARN but the
	 * region, its suffix included.
	 */
	static String inRegion(String nameOrArn, String region) {
		Matcher arn = ARN.matcher(nameOrArn);
		return arn.matches() ? arn.group(1) + region + arn.group(3) : nameOrArn;
	}

	/**
	 * Another region as the same identity.
	 * @param region the region, or {@code null} for the application's
	 * @return the location
	 */
	public Location withRegion(@Nullable String region) {
		return new Location(region, this.roleArn);
	}

}
