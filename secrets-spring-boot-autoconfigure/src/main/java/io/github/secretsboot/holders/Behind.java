package io.github.secretsboot.holders;

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

	private static final String HIKARI = "io.github.secretsboot.follow.hikari.";

	private static final String RABBIT = "io.github.secretsboot.follow.rabbit.";

	static Behind of(Class<?> type) {
		if (!PassedOver.isOurs(type)) {
			return NOTHING;
		}
		if (Rotating.class.isAssignableFrom(type)) {
			return ROTATING;
		}
		return (type.getName().startsWith(HIKARI) || type.getName().startsWith(RABBIT)) ? FOLLOWER : NOTHING;
	}

	Behind or(Behind other) {
		return (other.compareTo(this) > 0) ? other : this;
	}

}
