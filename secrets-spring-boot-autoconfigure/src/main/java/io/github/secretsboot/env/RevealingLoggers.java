package io.github.secretsboot.env;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Keeps those loggers of others at {@code INFO} that print the credentials of a request
 * or values of secrets below it, however low the level of the loggers above them is.
 * Comes last in the environment, so that whoever names the very logger still decides.
 */
final class RevealingLoggers {

	static final String PROPERTY_SOURCE_NAME = "secretsRevealingLoggers";

	private static final String PREFIX = "logging.level.";

	private static final Map<String, Object> LEVELS = levels(
			// The canonical request, with the session token
			"software.amazon.awssdk.http.auth.aws.internal.signer", "software.amazon.awssdk.auth.signer",
			// The headers of every request, whoever makes it
			"sun.net.www.protocol.http.HttpURLConnection",
			// Each value that is validated
			"org.hibernate.validator.internal.engine.constraintvalidation",
			// The URL and the user name of a pool
			"com.zaxxer.hikari.HikariConfig",
			// The user name, as sent and as the server repeats it
			"org.postgresql.core.v3.ConnectionFactoryImpl", "org.postgresql.core.v3.QueryExecutorImpl",
			// Each packet, with the user name
			"org.mariadb.jdbc.client.socket");

	private RevealingLoggers() {
	}

	private static Map<String, Object> levels(String... loggers) {
		Map<String, Object> levels = new LinkedHashMap<>();
		for (String logger : loggers) {
			levels.put(PREFIX + logger, "info");
		}
		return levels;
	}

	static void quiet(ConfigurableEnvironment environment) {
		environment.getPropertySources().addLast(new MapPropertySource(PROPERTY_SOURCE_NAME, LEVELS));
	}

}
