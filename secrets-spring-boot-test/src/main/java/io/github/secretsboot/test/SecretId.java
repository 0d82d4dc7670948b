package io.github.secretsboot.test;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ways to say which secret is meant: its name, its ARN, and its ARN without the six
 * random characters at the end.
 */
final class SecretId {

	private static final Pattern ARN = Pattern.compile("arn:[^:]+:secretsmanager:[^:]*:[^:]*:secret:(.+)");

	private static final Pattern SUFFIXED = Pattern.compile("(.+)-[A-Za-z0-9]{6}");

	private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9/_+=.@!-]{1,512}");

	private SecretId() {
	}

	/**
	 * Refuse what cannot be a secret's name, as AWS does before it looks for one.
	 */
	static void requireName(String name) {
		if (!NAME.matcher(name).matches()) {
			throw AwsError.validation("Invalid name. Must be a valid name containing alphanumeric characters, "
					+ "or any of the following: -/_+=.@!");
		}
	}

	/**
	 * Refuse what can be neither a secret's name nor its ARN.
	 */
	static void requireNameOrArn(String id) {
		if (!id.startsWith("arn:")) {
			requireName(id);
		}
	}

	/**
	 * Whether two ids may mean the same secret, which need not exist.
	 */
	static boolean same(String id, String otherId) {
		Set<String> names = possibleNames(id);
		return possibleNames(otherId).stream().anyMatch(names::contains);
	}

	/**
	 * Whether an id means the secret with this ARN and name.
	 */
	static boolean matches(String id, String arn, String name) {
		return id.equals(name) || id.equals(arn) || id.equals(arn.substring(0, arn.lastIndexOf('-')));
	}

	/**
	 * Return the names that a secret may have that is meant by an id.
	 */
	static Set<String> possibleNames(String id) {
		Set<String> names = new LinkedHashSet<>();
		Matcher arn = ARN.matcher(id);
		if (!arn.matches()) {
			names.add(id);
			return names;
		}
		String name = arn.group(1);
		names.add(name);
		Matcher suffixed = SUFFIXED.matcher(name);
		if (suffixed.matches()) {
			names.add(suffixed.group(1));
		}
		return names;
	}

}
