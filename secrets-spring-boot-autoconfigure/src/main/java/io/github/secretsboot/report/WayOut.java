package io.github.secretsboot.report;

import java.util.Map;

import io.github.secretsboot.consumers.SecretConsumer;
import io.github.secretsboot.env.SecretsProperties;
import org.jspecify.annotations.Nullable;

/**
 * Knows what to change so that rotations reach a consumer.
 */
class WayOut {

	private static final String GENERAL = "Inject into a field or setter, use setters instead of constructor binding,"
			+ " hold the object that needs it in a Rotating<T> (see Secrets.rotating), or hand it new values with a bean"
			+ " of type Follower.";

	/** The technologies that follow by themselves, by the packages of their clients. */
	private static final Map<String, String> FOLLOWERS = Map.of("com.zaxxer.hikari.", "hikari",
			"org.apache.commons.dbcp2.", "dbcp2", "org.apache.tomcat.jdbc.", "tomcat-jdbc",
			"org.springframework.amqp.rabbit.", "rabbit", "org.springframework.data.redis.", "redis",
			"org.springframework.kafka.", "kafka", "org.springframework.mail.", "mail", "org.springframework.security.",
			"security");

	private final WatchedContexts contexts;

	private final SecretsProperties.Follow follow;

	/**
	 * Create an instance.
	 * @param contexts know the beans
	 * @param follow which clients do not follow although they could
	 */
	WayOut(WatchedContexts contexts, SecretsProperties.Follow follow) {
		this.contexts = contexts;
		this.follow = follow;
	}

	String of(SecretConsumer consumer) {
		String follower = follower(consumer);
		if (follower != null && !this.follow.isEnabled()) {
			return "Clients of '" + follower + "' follow if secrets.follow.enabled is true.";
		}
		return (follower != null && this.follow.getExclude().contains(follower))
				? "Clients of '" + follower + "' follow if secrets.follow.exclude does not name it." : GENERAL;
	}

	private @Nullable String follower(SecretConsumer consumer) {
		Class<?> type = this.contexts.typeOf(consumer.bean());
		return (type == null) ? null
				: FOLLOWERS.entrySet()
					.stream()
					.filter((entry) -> type.getName().startsWith(entry.getKey()))
					.map(Map.Entry::getValue)
					.findFirst()
					.orElse(null);
	}

}
