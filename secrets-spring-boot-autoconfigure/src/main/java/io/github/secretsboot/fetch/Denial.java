package io.github.secretsboot.fetch;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What AWS says when it denies a call: to whom, and which kind of policy is to blame.
 *
 * @param caller the ARN of the caller, for a role that of its session, or {@code null} if
 * AWS does not say
 * @param policy the kind of policy, or {@code null} if AWS does not say
 * @param explicit whether that policy denies the call, as opposed to not allowing it
 * @see <a href=
 * "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html">AWS
 * IAM: Troubleshoot access denied error messages</a>
 */
public record Denial(@Nullable String caller, @Nullable PolicyType policy, boolean explicit) {

	private static final Pattern CALLER = Pattern.compile("User: (arn:\\S+) is not authorized");

	private static final Pattern IDENTITY = Pattern.compile("arn:[^:]+:(?:sts|iam)::(\\d{12}):(.+)");

	private static final Pattern SESSION = Pattern.compile("(arn:[^:]+):sts:(:\\d{12}):assumed-role/([^/]+)/.+");

	private static final String EXPLICIT = "with an explicit deny in ";

	/**
	 * Read a message of AWS.
	 * @param message the message
	 * @return what it says
	 */
	public static Denial of(String message) {
		Matcher caller = CALLER.matcher(message);
		return new Denial(caller.find() ? caller.group(1) : null, PolicyType.find(message), message.contains(EXPLICIT));
	}

	/**
	 * Who has been denied, in words.
	 * @return for example <code>role 'myapp' of account 123456789012</code>
	 */
	public String who() {
		Matcher identity = IDENTITY.matcher(String.valueOf(this.caller));
		return identity.matches() ? describe(identity.group(2)) + " of account " + identity.group(1)
				: "the role that the application runs as";
	}

	private static String describe(String identity) {
		String[] path = identity.split("/");
		return switch (path[0]) {
			case "assumed-role" -> "role '" + path[1] + "'";
			case "role", "user" -> path[0] + " '" + path[path.length - 1] + "'";
			default -> "'" + identity + "'";
		};
	}

	/**
	 * The caller as policies of others name it: without its session.
	 * @return the ARN, without the path that a role may have
	 */
	public String principal() {
		String arn = (this.caller != null) ? this.caller : "<ARN of the caller>";
		Matcher session = SESSION.matcher(arn);
		return session.matches() ? session.group(1) + ":iam:" + session.group(2) + ":role/" + session.group(3) : arn;
	}

	/**
	 * The account of the caller.
	 * @return the account, or {@code null} if AWS does not say
	 */
	public @Nullable String account() {
		Matcher identity = IDENTITY.matcher(String.valueOf(this.caller));
		return identity.matches() ? identity.group(1) : null;
	}

	/**
	 * A kind of policy, in AWS's words.
	 */
	public enum PolicyType {

		/** Attached to the caller. */
		IDENTITY("identity-based policy"),

		/** Attached to the secret, or that of a role which says who may assume it. */
		RESOURCE("resource-based policy"),

		/** What the policies of the caller can allow at most. */
		BOUNDARY("permissions boundary"),

		/** What a session of a role may do at most. */
		SESSION("session policy"),

		/** What identities of an account may do at most. */
		SERVICE_CONTROL("service control policy"),

		/** What may be done with resources of an account at most. */
		RESOURCE_CONTROL("resource control policy"),

		/** What may be done by way of an endpoint at most. */
		VPC_ENDPOINT("VPC endpoint policy");

		private final String words;

		PolicyType(String words) {
			this.words = words;
		}

		private static @Nullable PolicyType find(String message) {
			for (PolicyType type : values()) {
				if (message.contains("because no " + type + " allows")
						|| message.matches(".*" + EXPLICIT + "an? " + type + ".*")) {
					return type;
				}
			}
			return null;
		}

		@Override
		public String toString() {
			return this.words;
		}

	}

}
