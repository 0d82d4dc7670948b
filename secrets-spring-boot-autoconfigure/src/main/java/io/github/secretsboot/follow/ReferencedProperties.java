package io.github.secretsboot.follow;

import java.util.LinkedHashSet;
import java.util.Set;

import io.github.secretsboot.env.SecretsPropertySource;
import io.github.secretsboot.env.SecretsPropertySource.Observation;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.core.env.Environment;

/**
 * Knows which properties of secrets the configuration of a client refers to, directly or
 * through placeholders: those that are asked for when a property is resolved below the
 * prefixes of its bean and of the beans that this was made of.
 */
class ReferencedProperties {

	/** The properties, the connection details, the client. */
	private static final int DEPTH = 3;

	private final ConfigurableListableBeanFactory beanFactory;

	private final Environment environment;

	private final SecretsPropertySource secrets;

	ReferencedProperties(ConfigurableListableBeanFactory beanFactory, Environment environment,
			SecretsPropertySource secrets) {
		this.beanFactory = beanFactory;
		this.environment = environment;
		this.secrets = secrets;
	}

	/**
	 * The properties that one member of a client's configuration refers to.
	 * @param beanName the name of the client's bean
	 * @param member the member, such as {@code password}
	 * @return the names of the properties
	 */
	Set<String> of(String beanName, String member) {
		Set<String> prefixes = new LinkedHashSet<>();
		addPrefixes(beanName, DEPTH, prefixes);
		Set<String> asked = new LinkedHashSet<>();
		prefixes.forEach((prefix) -> resolve(prefix + "." + member, asked));
		return PropertyReader.ownNames(asked, this.secrets.getSource().state().properties());
	}

	private void addPrefixes(String beanName, int depth, Set<String> prefixes) {
		if (depth == 0 || !this.beanFactory.containsBean(beanName)) {
			return;
		}
		ConfigurationProperties annotation = this.beanFactory.findAnnotationOnBean(beanName,
				ConfigurationProperties.class, false);
		if (annotation != null) {
			prefixes.add(annotation.prefix());
		}
		for (String dependency : this.beanFactory.getDependenciesForBean(beanName)) {
			addPrefixes(dependency, depth - 1, prefixes);
		}
	}

	private void resolve(String name, Set<String> asked) {
		try (Observation observation = this.secrets.observe(asked::add)) {
			this.environment.getProperty(name);
		}
		catch (IllegalArgumentException ex) {
			// A placeholder that has no value refers to no secret
		}
	}

}
