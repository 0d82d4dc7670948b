package io.github.secretsboot.inject;

import java.util.Set;
import java.util.TreeSet;

import io.github.secretsboot.refresh.PropertyIndex;
import io.github.secretsboot.refresh.Property;
import io.github.secretsboot.refresh.PropertyNames;

/**
 * The names that a consumer asked the secrets for when its value was resolved, and the
 * properties that it found. Immutable.
 *
 * @param names all names, whether they were found or not
 * @param properties the properties that were found
 */
record Lookups(Set<String> names, Set<String> properties) {

	static final Lookups NONE = new Lookups(Set.of(), Set.of());

	static Lookups of(Set<String> names, PropertyIndex index) {
		Set<String> properties = new TreeSet<>();
		for (String name : names) {
			Property property = index.find(name);
			if (property != null) {
				properties.add(property.name());
			}
		}
		return new Lookups(Set.copyOf(names), properties);
	}

	/**
	 * Whether the value may be another one now: it was made of a property that changed,
	 * or a property that was asked for has appeared, or is gone.
	 */
	boolean areAffectedBy(PropertyNames changed, PropertyIndex index) {
		return this.properties.stream().anyMatch(changed::contains) || this.names.stream().anyMatch((name) -> {
			Property property = index.find(name);
			return (property != null) ? changed.contains(property.name()) : changed.mayContain(name);
		});
	}

}
