package io.github.secretsboot.holders;

import java.util.Set;

/**
 * A place in the application that was found to hold values. Has names only.
 *
 * @param bean the bean through which the place is reached on the shortest way
 * @param member the way from the bean to the place, such as
 * {@code registrations[github].clientSecret}; empty if the bean itself is the value. A
 * map key that is no plain name is written {@code *}
 * @param properties the properties whose values it holds
 * @param form the form in which it has them
 */
public record Holder(String bean, String member, Set<String> properties, ValueForm form) {

	/**
	 * Create a holder with an unmodifiable copy of the properties.
	 */
	public Holder {
		properties = Set.copyOf(properties);
	}

}
