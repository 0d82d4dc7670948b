package io.github.secretsboot.consumers;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A place in the application that holds values of secrets.
 *
 * @param bean the name of the bean
 * @param member the field, method or parameter, or the way to a field further inside
 * @param properties the properties of secrets that it holds values of
 * @param mode whether a rotation reaches it
 * @param connections what becomes of connections that were opened before a rotation, or
 * {@code null} if it has none to speak of
 * @param outdated whether it holds a value that a rotation has replaced
 */
public record SecretConsumer(String bean, String member, Set<String> properties, Mode mode,
		@Nullable Connections connections, boolean outdated) {

	/**
	 * Create a consumer with an unmodifiable copy of the properties.
	 */
	public SecretConsumer {
		properties = Set.copyOf(properties);
	}

	/**
	 * Create a consumer that holds what is in use.
	 * @param bean the name of the bean
	 * @param member the field, method or parameter, or the class of the bean if all of it
	 * holds values
	 * @param properties the properties of secrets that it holds values of
	 * @param mode whether a rotation reaches it
	 * @param connections what becomes of connections that were opened before a rotation,
	 * or {@code null} if it has none to speak of
	 */
	public SecretConsumer(String bean, String member, Set<String> properties, Mode mode,
			@Nullable Connections connections) {
		this(bean, member, properties, mode, connections, false);
	}

	/**
	 * Create a consumer that has no connections to speak of and holds what is in use.
	 * @param bean the name of the bean
	 * @param member the field, method or parameter, or the class of the bean if all of it
	 * holds values
	 * @param properties the properties of secrets that it holds values of
	 * @param mode whether a rotation reaches it
	 */
	public SecretConsumer(String bean, String member, Set<String> properties, Mode mode) {
		this(bean, member, properties, mode, null);
	}

	/**
	 * The same consumer after a rotation that has not reached it.
	 * @return a consumer that is outdated
	 */
	public SecretConsumer asOutdated() {
		return new SecretConsumer(this.bean, this.member, this.properties, this.mode, this.connections, true);
	}

	/**
	 * Whether a rotation reaches a consumer.
	 */
	public enum Mode {

		/** A rotation updates it. */
		LIVE,

		/** It keeps the old value until the application is started again. */
		FROZEN

	}

	/**
	 * What becomes of connections that were opened before a rotation.
	 */
	public enum Connections {

		/** They are closed when nobody uses them, and opened again. */
		REPLACED,

		/** They are told the new credentials. */
		REAUTHENTICATED,

		/**
		 * They live on for as long as the server lets them; new ones are of the new kind.
		 */
		KEPT,

		/** There are none between two operations. */
		NONE

	}

}
