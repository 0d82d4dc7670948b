package io.github.secretsboot.test;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What policies are asked: whether a principal may do something.
 *
 * @param principal who
 * @param action what, such as {@code secretsmanager:GetSecretValue}
 * @param resource with what
 * @param context what else is known, by condition key in lower case
 */
record AccessRequest(Principal principal, String action, String resource, Map<String, List<String>> context) {

	private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^},]+)(?:,\\s*'([^']*)')?}");

	AccessRequest {
		Map<String, List<String>> lowerCase = new TreeMap<>();
		context.forEach((key, values) -> lowerCase.put(key.toLowerCase(Locale.ROOT), values));
		context = lowerCase;
	}

	/**
	 * Return what is known by a condition key, if anything.
	 */
	List<String> values(String key) {
		return this.context.getOrDefault(key.toLowerCase(Locale.ROOT), List.of());
	}

	/**
	 * Replace the variables in a policy's text, such as <code>${aws:username}</code>. One
	 * that is not known and has no default stays as it is, and so matches nothing.
	 */
	String resolve(String text) {
		if (!text.contains("${")) {
			return text;
		}
		return VARIABLE.matcher(text)
			.replaceAll((variable) -> Matcher
				.quoteReplacement(value(variable.group(1), variable.group((variable.group(2) != null) ? 2 : 0))));
	}

	private String value(String key, String otherwise) {
		List<String> values = values(key);
		return (values.size() == 1) ? values.get(0) : otherwise;
	}

}
