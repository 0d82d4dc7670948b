package io.github.secretsboot.follow.kafka;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.secretsboot.follow.Credentials;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/**
 * The credentials in the configuration of a client: those of its {@code sasl.jaas.config}
 * for PLAIN or SCRAM.
 */
final class SaslCredentials {

	private static final Pattern MECHANISM = Pattern.compile("PLAIN|SCRAM-SHA-\\d+");

	private static final String VALUE = "\\s*=\\s*(?:\"((?:\\\\.|[^\"\\\\])*)\"|([^\\s\";]+))";

	private static final Pattern USERNAME = Pattern.compile("\\busername" + VALUE);

	private static final Pattern PASSWORD = Pattern.compile("\\bpassword" + VALUE);

	private static final Pattern ESCAPED = Pattern.compile("\\\\(.)");

	private SaslCredentials() {
	}

	/**
	 * Find the credentials.
	 * @param config the configuration of a client
	 * @return the credentials, or nothing if it logs in in another way
	 */
	static Optional<Credentials> of(Map<String, ?> config) {
		boolean plainOrScram = config.get(SaslConfigs.SASL_MECHANISM) instanceof String mechanism
				&& MECHANISM.matcher(mechanism).matches();
		return plainOrScram ? Optional.ofNullable(parse(jaas(config))) : Optional.empty();
	}

	/**
	 * Take the options of a log-in module apart.
	 * @param jaas the text, such as {@code …PlainLoginModule required username="…" …;}
	 * @return the credentials, or {@code null} if it has none
	 */
	static @Nullable Credentials parse(@Nullable String jaas) {
		if (jaas == null) {
			return null;
		}
		String username = option(USERNAME, jaas);
		String password = option(PASSWORD, jaas);
		return (username != null && password != null) ? new Credentials(username, password) : null;
	}

	/**
	 * The log-in module without its user name and password, for which the client asks a
	 * callback handler.
	 * @param jaas the text
	 * @return the text without these options
	 */
	static String withoutCredentials(String jaas) {
		return PASSWORD.matcher(USERNAME.matcher(jaas).replaceAll("")).replaceAll("");
	}

	static @Nullable String jaas(Map<String, ?> config) {
		Object jaas = config.get(SaslConfigs.SASL_JAAS_CONFIG);
		return (jaas instanceof Password text) ? text.value() : (String) jaas;
	}

	private static @Nullable String option(Pattern pattern, String jaas) {
		Matcher matcher = pattern.matcher(jaas);
		if (!matcher.find()) {
			return null;
		}
		String quoted = matcher.group(1);
		return (quoted != null) ? ESCAPED.matcher(quoted).replaceAll("$1") : matcher.group(2);
	}

}
