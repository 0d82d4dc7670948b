package io.github.secretsboot.benchmarks.probe;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;

/**
 * What a listener has been told. Used by the thread that tells it and the one that
 * watches.
 */
public class ChangeRecord {

	private final Map<String, String> values = new ConcurrentHashMap<>();

	private final Environment environment;

	/**
	 * Create a record.
	 * @param environment holds the values at the time of the change
	 */
	public ChangeRecord(Environment environment) {
		this.environment = environment;
	}

	/**
	 * Record a change.
	 * @param properties the properties that changed
	 */
	public void add(Collection<String> properties) {
		for (String property : properties) {
			String value = this.environment.getProperty(property);
			if (value != null) {
				this.values.put(property, value);
			}
		}
	}

	/**
	 * The value of a property when the listener was told.
	 * @param property the property
	 * @return the value, or {@code null} if it was not told
	 */
	public @Nullable String get(String property) {
		return this.values.get(property);
	}

}
