package io.github.secretsboot.mapping;

import java.util.Map;

/**
 * What the content of a secret became.
 *
 * @param properties the properties, by name
 * @param contents what the properties were made of, by key in the secret, where that is
 * something else; else empty
 * @param leftOut what did not become properties
 */
public record MappedSecret(Map<String, Object> properties, Map<String, Object> contents, LeftOut leftOut) {

	/**
	 * Says how much there is, never what.
	 */
	@Override
	public String toString() {
		return "MappedSecret[" + this.properties.size() + " properties]";
	}

}
