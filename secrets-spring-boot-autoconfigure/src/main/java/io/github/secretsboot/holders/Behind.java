package io.github.secretsboot.holders;

import java.util.List;

import io.github.secretsboot.Rotating;

/**
 * What of this library stands between a bean and a place that it reaches.
 */
public enum Behind {

	/** The application reaches the place by itself. */
	NOTHING,

	/** A follower hands other values to whoever has the place. */
	FOLLOWER,

	/** The place is in the object of a {@link Rotating}, which is built anew. */
	ROTATING;

	/** Those that stand in front of a client which the application has made. */
	private static final List<String> FOLLOWERS = List.of("dbcp2.", "hikari.", "jdbc.", "rabbit.", "tomcatjdbc.");

	private static final String PACKAGE = "io.github.secretsboot.follow.";

	static Behind of(Class<?> type) {
		if (!PassedOver.isOurs(type)) {
			return NOTHING;
		}
		if (Rotating.class.isAssignableFrom(type)) {
			return ROTATING;
		}
		return FOLLOWERS.stream().anyMatch((name) -> type.getName().startsWith(PACKAGE + name)) ? FOLLOWER : NOTHING;
	}

	Behind or(Behind other) {
		return (other.compareTo(this) > 0) ? other : this;
	}

}
