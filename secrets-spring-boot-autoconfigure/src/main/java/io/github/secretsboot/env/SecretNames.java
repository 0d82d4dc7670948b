package io.github.secretsboot.env;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.github.secretsboot.iam.SecretArn;
import org.jspecify.annotations.Nullable;

/**
 * What AWS accepts as the name or ARN of a secret.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html">AWS
 * Secrets Manager: CreateSecret</a>
 */
final class SecretNames {

	private static final int MAX_LENGTH = 512;

	private static final Pattern ARN = Pattern.compile("arn:[\\w-]+:secretsmanager:[\\w-]+:\\d{12}:secret:(?<name>.+)");

	private static final String PUNCTUATION = "/_+=.@-";

	private SecretNames() {
	}

	/**
	 * Why no secret can have a name.
	 * @param nameOrArn the name, with nothing left to expand
	 * @return what is wrong, or {@code null} if nothing is
	 */
	static @Nullable String problem(String nameOrArn) {
		String name = nameOrArn;
		if (SecretArn.isArn(name)) {
			var arn = ARN.matcher(name);
			if (!arn.matches()) {
				return "must look like arn:aws:secretsmanager:eu-central-1:123456789012:secret:name-a1B2c3";
			}
			name = arn.group("name");
		}
		String wrong = name.codePoints()
			.filter((c) -> !isAllowed(c))
			.distinct()
			.mapToObj(SecretNames::describe)
			.collect(Collectors.joining(", "));
		if (!wrong.isEmpty()) {
			return "contains " + wrong + ": the name of a secret consists of letters, digits and " + PUNCTUATION
					+ (wrong.contains("*") ? ", and each secret needs its own entry" : "");
		}
		return (name.length() > MAX_LENGTH) ? "is longer than the " + MAX_LENGTH + " characters of a name" : null;
	}

	private static boolean isAllowed(int c) {
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
				|| PUNCTUATION.indexOf(c) >= 0;
	}

	private static String describe(int c) {
		if (c == ' ') {
			return "a blank";
		}
		return (c > ' ' && c < 0x7f) ? "'" + (char) c + "'" : String.format("U+%04X", c);
	}

}
