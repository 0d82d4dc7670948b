package io.github.secretsboot.env;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

import io.github.secretsboot.SecretChange;
import io.github.secretsboot.fetch.PlainText;
import io.github.secretsboot.properties.Property;
import io.github.secretsboot.properties.PropertyIndex;
import io.github.secretsboot.refresh.RefreshListener;
import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;

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
		// A rotation that changes one of a thousand properties is to cost as little
		changes.forEach((change) -> warn(change.propertyNames()));
	}

	void warn() {
		warn(this.secrets.getSource().state().properties().properties().keySet());
	}

	private void warn(Set<String> propertyNames) {
		PropertyIndex properties = this.secrets.getSource().state().properties();
		Map<String, @Nullable ConfigurationPropertyName> names = new TreeMap<>();
		propertyNames.forEach((name) -> names.put(name, ConfigurationPropertyName.ofIfValid(name)));
		for (PropertySource<?> higher : higherSources()) {
			for (String name : shadowed(names, properties, higher)) {
				Property property = properties.find(name);
				if (property != null && this.warned.add(name)) {
					this.log.warn("Property '" + name + "' of secret '" + property.snapshot().secretName()
							+ "' is overridden by property source '" + PlainText.of(higher.getName())
							+ "': rotating the secret does not change it");
				}
			}
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

	private static Set<String> shadowed(Map<String, @Nullable ConfigurationPropertyName> names,
			PropertyIndex properties, PropertySource<?> higher) {
		Set<String> shadowed = new TreeSet<>();
		if (higher instanceof EnumerablePropertySource<?> enumerable) {
			for (String spelling : enumerable.getPropertyNames()) {
				Property property = properties.find(spelling);
				if (property != null && names.containsKey(property.name())) {
					shadowed.add(property.name());
				}
			}
		}
		ConfigurationPropertySource source = ConfigurationPropertySource.from(higher);
		names.forEach((name, bindable) -> {
			if (source != null && bindable != null && source.getConfigurationProperty(bindable) != null) {
				shadowed.add(name);
			}
		});
		return shadowed;
	}

}
