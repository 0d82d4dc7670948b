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
 * @param behind what of this library stands in between
 */
public record Holder(String bean, String member, Set<String> properties, ValueForm form, Behind behind) {

	/**
	 * Create a holder with an unmodifiable copy of the properties.
	 */
	public Holder {
		properties = Set.copyOf(properties);
	}

	/**
	 * Create a holder that the bean reaches by itself.
	 * @param bean the bean
	 * @param member the way from the bean to the place
	 * @param properties the properties whose values it holds
	 * @param form the form in which it has them
	 */
	public Holder(String bean, String member, Set<String> properties, ValueForm form) {
		this(bean, member, properties, form, Behind.NOTHING);
	}

}
