package io.github.secretsboot.holders;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a search found, and what it could not see. Has names only.
 *
 * @param holders the places that hold values, those nearest to a bean first
 * @param unsought the properties whose values were not looked for, since they would tell
 * nothing: too short, too common, or explained by another value
 * @param unopened how many objects could not be looked into, by the name of their class
 * @param complete whether nothing else was left out: the budget was enough, and fields
 * can be read as they can on a JVM but not in a native image
 * @param objects how many objects and texts were looked at
 * @param time how long the search took
 */
public record HolderReport(List<Holder> holders, Set<String> unsought, Map<String, Integer> unopened, boolean complete,
		int objects, Duration time) {

	/**
	 * Create a report with unmodifiable copies.
	 */
	public HolderReport {
		holders = List.copyOf(holders);
		unsought = Set.copyOf(unsought);
		unopened = Map.copyOf(unopened);
	}

}
