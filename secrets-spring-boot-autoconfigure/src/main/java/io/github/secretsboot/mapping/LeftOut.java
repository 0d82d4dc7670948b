package io.github.secretsboot.mapping;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What of a secret did not become properties, by name.
 *
 * @param ignored the properties that the secret must not set, since they configure the
 * framework
 * @param missing the keys that were asked for and that the secret does not have
 * @param unasked the keys that the secret has and that were not asked for
 */
public record LeftOut(Set<String> ignored, Set<String> missing, Set<String> unasked) {

	/** Everything became a property. */
	public static final LeftOut NOTHING = new LeftOut(Set.of(), Set.of(), Set.of());

	/**
	 * What was left out of this version or of another one that is used beside it.
	 * @param other the other version's
	 * @return what was ignored in one of them, and the keys of this one
	 */
	public LeftOut and(LeftOut other) {
		if (this.ignored.containsAll(other.ignored)) {
			return this;
		}
		Set<String> both = new LinkedHashSet<>(this.ignored);
		both.addAll(other.ignored);
		return new LeftOut(both, this.missing, this.unasked);
	}

}
