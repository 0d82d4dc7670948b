package io.github.secretsboot.benchmarks.probe;

import org.jspecify.annotations.Nullable;

/**
 * How an application checks its secrets, and who is to see a change.
 */
public interface Passes {

	/**
	 * Check all secrets once, as a poll would, and return when that is done.
	 */
	void run();

	/**
	 * The value that an {@code @Value} has of a property.
	 * @param property the property
	 * @return the value, or {@code null} if there is no such {@code @Value}
	 */
	@Nullable String injected(String property);

	/**
	 * The value that the environment had when a listener was told of a change.
	 * @param property the property
	 * @return the value, or {@code null} if no listener has been told
	 */
	@Nullable String told(String property);

}
