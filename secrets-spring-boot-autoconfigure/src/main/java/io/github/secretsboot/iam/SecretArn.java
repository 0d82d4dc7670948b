package io.github.secretsboot.iam;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The ARN of a secret for use in a policy. What is not known of it, such as the six
 * characters that AWS appends to a name, is a wildcard. Also the one place that knows
 * what such an ARN looks like.
 *
 * @param value the ARN or the pattern
 * @see <a href=
 * "https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples.html">AWS
 * Secrets Manager: Permissions policy examples</a>
 */
public record SecretArn(String value) {

	private static final Pattern ARN = Pattern.compile(
			"(?<service>arn:(?<partition>[^:]+):secretsmanager:)(?<region>[^:]+)(?<rest>:(?<account>[^:]+):secret:.+)");

	private static final Pattern FULL_ARN = Pattern.compile("arn:.*-[A-Za-z0-9]{6}");

	private static final String ANY = "*";

	private static final String ANY_SUFFIX = "-??????";

	/**
	 * The ARN of a secret as an application names it.
	 * @param name the name, ARN or partial ARN
	 * @param region the region, or {@code null} for any
	 * @param account the account of a secret that is not named by ARN, or {@code null}
	 * for any
	 * @return the ARN or a pattern
	 */
	public static SecretArn of(String name, @Nullable String region, @Nullable String account) {
		if (isArn(name)) {
			return new SecretArn(FULL_ARN.matcher(name).matches() ? name : name + ANY_SUFFIX);
		}
		String where = (region != null) ? region : ANY;
		return new SecretArn("arn:" + partition(where) + ":secretsmanager:" + where + ":"
				+ ((account != null) ? account : ANY) + ":secret:" + name + ANY_SUFFIX);
	}

	/**
	 * Whether an application names a secret by ARN.
	 * @param name the name, ARN or partial ARN
	 * @return {@code true} if it is one of the latter
	 */
	public static boolean isArn(String name) {
		return name.startsWith("arn:");
	}

	/**
	 * The region that an ARN names.
	 * @param name the name, ARN or partial ARN
	 * @return the region, or {@code null} of a name
	 */
	public static @Nullable String regionOf(String name) {
		Matcher arn = ARN.matcher(name);
		return arn.matches() ? arn.group("region") : null;
	}

	/**
	 * The same secret in another region: replicas share all of an ARN but the region, its
	 * suffix included.
	 * @param name the name, ARN or partial ARN
	 * @param region the region
	 * @return the ARN there, or the name as it is
	 */
	public static String inRegion(String name, String region) {
		Matcher arn = ARN.matcher(name);
		return arn.matches() ? arn.group("service") + region + arn.group("rest") : name;
	}

	/**
	 * Whether an ARN is a partial one with the suffix that it lacks.
	 * @param arn the ARN
	 * @param partial what may be the partial one
	 * @return {@code true} if it is
	 */
	public static boolean completes(String arn, String partial) {
		return arn.length() == partial.length() + ANY_SUFFIX.length() && arn.startsWith(partial + "-");
	}

	private static String partition(String region) {
		if (region.startsWith("cn-")) {
			return "aws-cn";
		}
		return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
	}

	/**
	 * What a permission is checked against as long as the secret does not exist.
	 * @return the ARN or the pattern without the six characters
	 */
	public SecretArn withoutSuffix() {
		return new SecretArn(this.value.replaceFirst("-(?:\\?{6}|[A-Za-z0-9]{6})$", ""));
	}

	/**
	 * The account that the secret belongs to.
	 * @return the account, or a wildcard
	 */
	public String account() {
		return group("account", ANY);
	}

	/**
	 * The region that the secret is in.
	 * @return the region, or a wildcard
	 */
	public String region() {
		return group("region", ANY);
	}

	/**
	 * The ARN of the secret's replica in another region, which has the same suffix.
	 * @param region the region
	 * @return the ARN or a pattern
	 */
	public SecretArn inRegion(String region) {
		return new SecretArn(inRegion(this.value, region));
	}

	/**
	 * All keys of KMS that could encrypt the secret.
	 * @return a pattern
	 */
	public String kmsKeys() {
		return "arn:" + group("partition", "aws") + ":kms:" + region() + ":" + account() + ":key/*";
	}

	private String group(String name, String otherwise) {
		Matcher matcher = ARN.matcher(this.value);
		return matcher.matches() ? matcher.group(name) : otherwise;
	}

	@Override
	public String toString() {
		return this.value;
	}

}
