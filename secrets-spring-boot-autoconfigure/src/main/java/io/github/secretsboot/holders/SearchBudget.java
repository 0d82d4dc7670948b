package io.github.secretsboot.holders;

import java.time.Duration;

/**
 * How far a search goes. It leaves out what lies beyond, and its report says so.
 *
 * @param objects how many objects and texts it looks at; each takes about 100 bytes until
 * the search is over
 * @param elements how many elements of one array, collection or map it looks at
 * @param depth how many steps it goes from a bean
 * @param holders how many holders it reports
 * @param time for how long it goes on
 */
public record SearchBudget(int objects, int elements, int depth, int holders, Duration time) {

	/** Enough for an application of some thousand beans. */
	public static final SearchBudget DEFAULT = new SearchBudget(500_000, 20_000, 50, 1_000, Duration.ofSeconds(10));

}
