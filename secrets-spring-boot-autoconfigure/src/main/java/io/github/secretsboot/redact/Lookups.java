package io.github.secretsboot.redact;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;

import io.github.secretsboot.env.SecretsPropertySource;
import io.github.secretsboot.env.SecretsPropertySource.Observation;
import io.github.secretsboot.properties.Property;
import io.github.secretsboot.properties.PropertyIndex;
import io.github.secretsboot.properties.PropertyNames;

/**
 * The names that somebody asked the secrets for, and the properties that were found.
 * Immutable.
 *
 * @param names all names, whether they were found or not
 * @param properties the properties that were found
 */
public record Lookups(Set<String> names, Set<String> properties) {

	/** Nothing was asked for. */
	public static final Lookups NONE = new Lookups(Set.of(), Set.of());

	/**
	 * Look up what was asked for.
	 * @param names the names that were asked for
	 * @param index the properties at that time
	 * @return the names and the properties
	 */
	public static Lookups of(Set<String> names, PropertyIndex index) {
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
	 * Watch what is asked for.
	 * @param task asks, on the current thread
	 * @param secrets what it asks
	 * @return the lookups, until the task fails if it does
	 */
	public static Lookups during(Runnable task, SecretsPropertySource secrets) {
		Set<String> names = new LinkedHashSet<>();
		try (Observation observation = secrets.observe(names::add)) {
			task.run();
		}
		catch (RuntimeException ex) {
			// Such as a placeholder that cannot be resolved
		}
		return of(names, secrets.state().properties());
	}

	/**
	 * Whether the value may be another one now: it was made of a property that changed,
	 * or a property that was asked for has appeared, or is gone.
	 * @param changed the names of the properties that changed
	 * @param index the properties after the change
	 * @return {@code true} if it may
	 */
	public boolean areAffectedBy(PropertyNames changed, PropertyIndex index) {
		return this.properties.stream().anyMatch(changed::contains) || this.names.stream().anyMatch((name) -> {
			Property property = index.find(name);
			return (property != null) ? changed.contains(property.name()) : changed.mayContain(name);
		});
	}

}
