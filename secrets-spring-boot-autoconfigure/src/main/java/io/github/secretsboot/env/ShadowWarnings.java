package io.github.secretsboot.env;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import io.github.secretsboot.SecretChange;
import io.github.secretsboot.refresh.PropertyIndex;
import io.github.secretsboot.refresh.PropertyIndex.Property;
import io.github.secretsboot.refresh.RefreshListener;
import org.apache.commons.logging.Log;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;

/**
 * Warns once about each property of a secret that a command line argument, an environment
 * variable or another higher source overrides, since rotating the secret does nothing for
 * it.
 */
class ShadowWarnings implements RefreshListener {

	private final ConfigurableEnvironment environment;

	private final SecretsPropertySource secrets;

	private final Log log;

	private final Set<String> warned = ConcurrentHashMap.newKeySet();

	ShadowWarnings(ConfigurableEnvironment environment, SecretsPropertySource secrets, Log log) {
		this.environment = environment;
		this.secrets = secrets;
		this.log = log;
	}

	@Override
	public void onChanged(List<SecretChange> changes) {
		warn();
	}

	void warn() {
		PropertyIndex properties = this.secrets.getSource().state().properties();
		for (PropertySource<?> higher : higherSources()) {
			shadowed(properties, higher).forEach((name, property) -> {
				if (this.warned.add(name)) {
					this.log.warn("Property '" + name + "' of secret '" + property.snapshot().getSecretName()
							+ "' is overridden by property source '" + higher.getName()
							+ "': rotating the secret does not change it");
				}
			});
		}
	}

	private List<PropertySource<?>> higherSources() {
		List<PropertySource<?>> sources = new ArrayList<>();
		for (PropertySource<?> source : this.environment.getPropertySources()) {
			if (source == this.secrets) {
				return sources;
			}
			if (ConfigurationPropertySource.from(source) != null) {
				sources.add(source);
			}
		}
		return sources;
	}

	private Map<String, Property> shadowed(PropertyIndex properties, PropertySource<?> higher) {
		Map<String, Property> shadowed = new TreeMap<>();
		if (higher instanceof EnumerablePropertySource<?> enumerable) {
			for (String name : enumerable.getPropertyNames()) {
				Property property = properties.find(name);
				if (property != null) {
					shadowed.put(property.name(), property);
				}
			}
		}
		ConfigurationPropertySource source = ConfigurationPropertySource.from(higher);
		properties.properties().forEach((name, property) -> {
			if (source != null && ConfigurationPropertyName.isValid(name)
					&& source.getConfigurationProperty(ConfigurationPropertyName.of(name)) != null) {
				shadowed.put(name, property);
			}
		});
		return shadowed;
	}

}
