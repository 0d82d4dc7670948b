package io.github.secretsboot.consumers;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Tells who holds values of secrets, in all application contexts that share an engine:
 * those that are known because they were given values, and those that were found by
 * looking for the values themselves. Has names only. For any number of threads.
 */
public interface ConsumerReport {

	/**
	 * All consumers that are known or have been found, each once.
	 * @return the consumers, by bean and member
	 */
	List<SecretConsumer> list();

	/**
	 * Those of them that hold a value which a rotation has replaced. Cheap.
	 * @return the consumers, by bean and member
	 */
	List<SecretConsumer> outdated();

	/**
	 * Look for those who hold the values that are in use. Takes some tenths of a second,
	 * blocks until it is over, and does nothing if the application does not want to be
	 * searched. Concurrent callers wait and share the result.
	 */
	void search();

	/**
	 * What the last search looked at.
	 * @return the search, or {@code null} if there has been none
	 */
	@Nullable Search lastSearch();

	/**
	 * What a search looked at, and what it could not see.
	 *
	 * @param at when it began
	 * @param time how long it took
	 * @param objects how many objects and texts it looked at
	 * @param complete whether it looked at all that it knows how to look into
	 * @param unopened how many objects it could not look into, by the name of their class
	 * @param unsought the properties that it could not look for, since their values are
	 * too short, too common, or equal to another property's
	 */
	record Search(Instant at, Duration time, int objects, boolean complete, Map<String, Integer> unopened,
			Set<String> unsought) {

		/**
		 * Create a description with unmodifiable copies.
		 */
		public Search {
			unopened = Map.copyOf(unopened);
			unsought = Set.copyOf(unsought);
		}

	}

}
