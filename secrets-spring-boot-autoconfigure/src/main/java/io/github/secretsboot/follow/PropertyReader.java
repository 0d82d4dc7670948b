package io.github.secretsboot.follow;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

import io.github.secretsboot.SecretSnapshot;
import io.github.secretsboot.env.SecretsPropertySource;
import io.github.secretsboot.env.SecretsPropertySource.Observation;
import io.github.secretsboot.properties.Property;
import io.github.secretsboot.properties.PropertyIndex;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.AbstractEnvironment;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertyResolver;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.PropertySourcesPropertyResolver;

/**
 * Reads the properties of the application so that what belongs together is of one state
 * of the secrets: the one in use, or the one that a candidate would bring. Any thread may
 * read.
 */
class PropertyReader {

	private final ConfigurableEnvironment environment;

	private final SecretsPropertySource secrets;

	PropertyReader(ConfigurableEnvironment environment, SecretsPropertySource secrets) {
		this.environment = environment;
		this.secrets = secrets;
	}

	/**
	 * The properties of secrets that are in use.
	 */
	PropertyIndex index() {
		return this.secrets.getSource().state().properties();
	}

	/**
	 * Read what is in use.
	 */
	<T> Reading<T> read(Follower<T> follower) {
		while (true) {
			PropertyIndex before = index();
			Set<String> asked = new LinkedHashSet<>();
			T value;
			try (Observation observation = this.secrets.observe(asked::add)) {
				value = follower.read(this.environment);
			}
			if (index() == before) {
				return new Reading<>(before, value, ownNames(asked, before));
			}
		}
	}

	/**
	 * Read what would be in use with a candidate.
	 */
	<T> @Nullable T readWith(SecretSnapshot candidate, Follower<T> follower) {
		return follower.read(environmentWith(candidate));
	}

	private Environment environmentWith(SecretSnapshot candidate) {
		MutablePropertySources sources = new MutablePropertySources();
		this.environment.getPropertySources()
			.stream()
			.filter((source) -> !ConfigurationPropertySources.isAttachedConfigurationPropertySource(source))
			.forEach((source) -> sources
				.addLast((source != this.secrets) ? source : new CandidatePropertySource(this.secrets, candidate)));
		ConfigurableEnvironment environment = new AbstractEnvironment(sources) {
		};
		ConfigurationPropertySources.attach(environment);
		return environment;
	}

	/**
	 * The properties of secrets alone, which others may override.
	 * @param environment the properties in use, or those with a candidate
	 */
	static PropertyResolver secrets(Environment environment) {
		PropertySource<?> secrets = ((ConfigurableEnvironment) environment).getPropertySources()
			.get(SecretsPropertySource.NAME);
		MutablePropertySources sources = new MutablePropertySources();
		if (secrets != null) {
			sources.addLast(secrets);
		}
		return new PropertySourcesPropertyResolver(sources);
	}

	/**
	 * The names that properties have in their secrets.
	 * @param asked names in whatever spelling, also of other properties
	 */
	static Set<String> ownNames(Collection<String> asked, PropertyIndex index) {
		Set<String> names = new LinkedHashSet<>();
		for (String name : asked) {
			Property property = index.find(name);
			if (property != null) {
				names.add(property.name());
			}
		}
		return names;
	}

	/**
	 * What was read, and where it came from.
	 *
	 * @param index the state that it was read from
	 * @param value what was read
	 * @param propertyNames the properties of secrets that have a part in it
	 */
	record Reading<T>(PropertyIndex index, @Nullable T value, Set<String> propertyNames) {

		/** Without the value, which need not hide its own. */
		@Override
		public String toString() {
			return "Reading" + this.propertyNames;
		}

	}

}
