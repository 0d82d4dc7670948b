package io.github.secretsboot.follow;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What can be left out of following by its name in {@code secrets.follow.exclude}.
 */
public enum Technology {

	/** Pools of Apache Commons DBCP 2. */
	DBCP2,

	/** Pools of HikariCP. */
	HIKARI,

	/** Connections to Kafka. */
	KAFKA,

	/** Mail senders. */
	MAIL,

	/** Connection factories of R2DBC. */
	R2DBC,

	/** Connections to RabbitMQ. */
	RABBIT,

	/** Connections to Redis. */
	REDIS,

	/** Users and clients of Spring Security. */
	SECURITY,

	/** Certificates and keys of SSL bundles. */
	SSL,

	/** Pools of Tomcat JDBC. */
	TOMCAT_JDBC;

	/**
	 * The name in {@code secrets.follow.exclude}.
	 * @return the name, such as {@code hikari}
	 */
	public String id() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * Look at names that are to be left out.
	 * @param excluded the names
	 * @throws IllegalArgumentException if one is unknown; it lists those that are known
	 */
	static void check(List<String> excluded) {
		Set<String> unknown = new TreeSet<>(excluded);
		Set<String> known = Arrays.stream(values()).map(Technology::id).collect(Collectors.toCollection(TreeSet::new));
		unknown.removeAll(known);
		if (!unknown.isEmpty()) {
			throw new IllegalArgumentException(
					"secrets.follow.exclude has " + unknown + ", which follow no secret. Known are " + known);
		}
	}

}
