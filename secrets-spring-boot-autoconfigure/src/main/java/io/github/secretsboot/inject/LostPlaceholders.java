package io.github.secretsboot.inject;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.secretsboot.env.SecretsPropertySource;
import io.github.secretsboot.env.SecretsPropertySource.Observation;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationPropertiesBindHandlerAdvisor;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.core.env.Environment;

/**
 * Finds placeholders for secrets in the configuration files that a candidate would leave
 * unresolved. Boot's binder takes such a placeholder for text: a bean would get
 * {@code ${partner-api.key}} as its key.
 */
class LostPlaceholders implements ConfigurationPropertiesBindHandlerAdvisor {

	private final SecretsPropertySource secrets;

	private final Environment environment;

	private final ThreadLocal<@Nullable Map<ConfigurationPropertyName, Set<String>>> found = new ThreadLocal<>();

	LostPlaceholders(SecretsPropertySource secrets, Environment environment) {
		this.secrets = secrets;
		this.environment = environment;
	}

	/**
	 * Find those that a binding on the current thread meets.
	 * @param binding binds
	 * @return the secrets' properties that they miss, by bound name
	 */
	Map<ConfigurationPropertyName, Set<String>> during(Runnable binding) {
		Map<ConfigurationPropertyName, Set<String>> found = new LinkedHashMap<>();
		this.found.set(found);
		try {
			binding.run();
		}
		finally {
			this.found.remove();
		}
		return found;
	}

	/**
	 * Meet all below a prefix, whatever is bound to it.
	 */
	void visit(String prefix) {
		if (!prefix.isEmpty()) {
			Binder.get(this.environment, apply(BindHandler.DEFAULT))
				.bind(prefix, Bindable.mapOf(String.class, String.class));
		}
	}

	@Override
	public BindHandler apply(BindHandler bindHandler) {
		return new AbstractBindHandler(bindHandler) {

			@Override
			public <T> @Nullable Bindable<T> onStart(ConfigurationPropertyName name, Bindable<T> target,
					BindContext context) {
				Map<ConfigurationPropertyName, Set<String>> found = LostPlaceholders.this.found.get();
				if (found != null) {
					Set<String> lost = lost(name, context);
					if (!lost.isEmpty()) {
						found.put(name, lost);
					}
				}
				return super.onStart(name, target, context);
			}

		};
	}

	private Set<String> lost(ConfigurationPropertyName name, BindContext context) {
		for (ConfigurationPropertySource source : context.getSources()) {
			ConfigurationProperty property = source.getConfigurationProperty(name);
			if (property != null) {
				// What a secret says is no placeholder
				return (source.getUnderlyingSource() != this.secrets && property.getValue() instanceof String text)
						? lost(text) : Set.of();
			}
		}
		return Set.of();
	}

	/**
	 * Find what a text misses to be resolved.
	 * @param text the text, with placeholders
	 * @return the secrets' properties
	 */
	Set<String> lost(String text) {
		List<String> asked = new ArrayList<>();
		try (Observation observation = this.secrets.observe(asked::add)) {
			this.environment.resolveRequiredPlaceholders(text);
			return Set.of();
		}
		catch (IllegalArgumentException ex) {
			return InjectionContext.lost(asked, this.secrets);
		}
	}

}
