package io.github.secretsboot.env;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.Environment;

/**
 * Collects what is wrong with the configuration, so that people see all of it at once:
 * for each property the first thing that is.
 */
class ConfigurationProblems {

	private final Iterable<ConfigurationPropertySource> sources;

	private final Map<String, ConfigurationProblem> problems = new LinkedHashMap<>();

	ConfigurationProblems(Environment environment) {
		this.sources = ConfigurationPropertySources.get(environment);
	}

	void require(boolean condition, String property, String reason) {
		if (!condition) {
			add(property, reason);
		}
	}

	/**
	 * Add a problem with the value of a property.
	 */
	void add(String property, String reason) {
		ConfigurationProperty written = find(ConfigurationPropertyName.adapt(property, '.'));
		add(new ConfigurationProblem(property, (written != null) ? String.valueOf(written.getValue()) : null,
				where(written), reason));
	}

	/**
	 * Add a problem with a property itself, whatever its value.
	 */
	void addUnknown(ConfigurationPropertyName property, String reason) {
		add(new ConfigurationProblem(property.toString(), null, where(find(property)), reason));
	}

	private void add(ConfigurationProblem problem) {
		this.problems.putIfAbsent(problem.property(), problem);
	}

	/** What is not written on its own may be part of a list that is. */
	private @Nullable ConfigurationProperty find(ConfigurationPropertyName name) {
		for (ConfigurationPropertyName part = name; part.getNumberOfElements() > 1; part = part.getParent()) {
			for (ConfigurationPropertySource source : this.sources) {
				ConfigurationProperty property = source.getConfigurationProperty(part);
				if (property != null) {
					return property;
				}
			}
		}
		return null;
	}

	private static @Nullable String where(@Nullable ConfigurationProperty property) {
		return (property != null && property.getOrigin() != null) ? property.getOrigin().toString() : null;
	}

	boolean isEmpty() {
		return this.problems.isEmpty();
	}

	boolean concern(String property) {
		return this.problems.keySet().stream().anyMatch((known) -> known.startsWith(property));
	}

	void throwIfAny() {
		if (!this.problems.isEmpty()) {
			throw new SecretsConfigurationException(List.copyOf(this.problems.values()));
		}
	}

}
