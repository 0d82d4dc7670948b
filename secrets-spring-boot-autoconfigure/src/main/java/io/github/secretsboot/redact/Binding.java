package io.github.secretsboot.redact;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.github.secretsboot.env.SecretsPropertySource;
import io.github.secretsboot.env.SecretsPropertySource.Observation;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * A binding that is under way: which of the bound names ask the secrets for what. Used by
 * one thread.
 */
final class Binding implements AutoCloseable {

	private final ConfigurationPropertyName root;

	private final Class<?> type;

	private final SecretsPropertySource secrets;

	private final Observation observation;

	private final Map<ConfigurationPropertyName, Set<String>> asked = new LinkedHashMap<>();

	private Set<String> current = new LinkedHashSet<>();

	private @Nullable Exception thrown;

	Binding(ConfigurationPropertyName root, Bindable<?> target, SecretsPropertySource secrets) {
		this.root = root;
		this.type = target.getType().toClass();
		this.secrets = secrets;
		this.observation = secrets.observe((name) -> this.current.add(name));
	}

	String prefix() {
		return this.root.toString();
	}

	Class<?> type() {
		return this.type;
	}

	boolean isOf(ConfigurationPropertyName name) {
		return this.root.equals(name);
	}

	/** What is asked for from now on is for this name. */
	void start(ConfigurationPropertyName name) {
		this.current = this.asked.computeIfAbsent(name, (key) -> new LinkedHashSet<>());
	}

	/** What is asked for from now on is for the name above. */
	void end(ConfigurationPropertyName name) {
		for (ConfigurationPropertyName above = name; this.root.isAncestorOf(above);) {
			above = above.getParent();
			Set<String> outer = this.asked.get(above);
			if (outer != null) {
				this.current = outer;
				return;
			}
		}
	}

	Map<ConfigurationPropertyName, Lookups> lookups() {
		Map<ConfigurationPropertyName, Lookups> lookups = new HashMap<>();
		this.asked.forEach((name, names) -> lookups.put(name, lookups(names)));
		return lookups;
	}

	/** The properties of secrets that take part in what is bound to a name. */
	Set<String> secretsIn(ConfigurationPropertyName name) {
		Set<String> properties = new TreeSet<>();
		this.asked.forEach((other, names) -> {
			if (areRelated(name, other)) {
				properties.addAll(lookups(names).properties());
			}
		});
		return properties;
	}

	private Lookups lookups(Set<String> names) {
		return Lookups.of(names, this.secrets.state().properties());
	}

	/** Whether two names are one, or one is of a part of the other. */
	static boolean areRelated(ConfigurationPropertyName name, ConfigurationPropertyName other) {
		return name.equals(other) || name.isAncestorOf(other) || other.isAncestorOf(name);
	}

	Exception remember(Exception thrown) {
		this.thrown = thrown;
		return thrown;
	}

	/** Whether Boot carries to a name what has been thrown for a name below it. */
	boolean hasThrown(Exception exception) {
		return this.thrown != null && (exception == this.thrown || exception.getCause() == this.thrown);
	}

	@Override
	public void close() {
		this.observation.close();
	}

}
