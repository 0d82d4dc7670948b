package io.github.secretsboot.env;

import java.util.HashMap;
import java.util.Map;

import org.springframework.aot.AotDetector;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Keeps those loggers of others at a level that print the credentials of a request or
 * values of secrets below it, however low the level of the loggers above them is. Comes
 * last in the environment, so that whoever names the very logger still decides.
 */
final class RevealingLoggers {

	static final String PROPERTY_SOURCE_NAME = "secretsRevealingLoggers";

	private static final String[] AT_INFO = {
			// The canonical request, with the session token
			"software.amazon.awssdk.http.auth.aws.internal.signer", "software.amazon.awssdk.auth.signer",
			// The headers of every request, whoever makes it
			"sun.net.www.protocol.http.HttpURLConnection",
			// Each value that is validated
			"org.hibernate.validator.internal.engine.constraintvalidation",
			// Each value that might name an enum
			"org.springframework.beans.TypeConverterDelegate",
			// Each name that is looked up, which a nested placeholder may take from a
			// secret
			"org.springframework.core.env.PropertySourcesPropertyResolver",
			"org.springframework.boot.context.properties.source",
			// The URL and the user name of a pool
			"com.zaxxer.hikari.HikariConfig",
			// The user name, as sent and as the server repeats it
			"org.postgresql.core.v3.ConnectionFactoryImpl", "org.postgresql.core.v3.QueryExecutorImpl",
			// Each packet, with the user name
			"org.mariadb.jdbc.client.socket" };

	/** The message that ends a start, which Boot reports in any case. */
	private static final String[] AT_ERROR = AotDetector.useGeneratedArtifacts()
			? new String[] { "org.springframework.context.support.GenericApplicationContext",
					"org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext",
					"org.springframework.boot.web.server.reactive.context.ReactiveWebServerApplicationContext" }
			: new String[] { "org.springframework.context.annotation.AnnotationConfigApplicationContext",
					"org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext",
					"org.springframework.boot.web.server.reactive.context.AnnotationConfigReactiveWebServerApplicationContext" };

	private RevealingLoggers() {
	}

	static void quiet(ConfigurableEnvironment environment) {
		Map<String, Object> levels = new HashMap<>();
		add(levels, AT_INFO, "info");
		add(levels, AT_ERROR, "error");
		environment.getPropertySources().addLast(new MapPropertySource(PROPERTY_SOURCE_NAME, levels));
	}

	private static void add(Map<String, Object> levels, String[] loggers, String level) {
		for (String logger : loggers) {
			levels.put("logging.level." + logger, level);
		}
	}

}
