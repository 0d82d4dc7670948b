package io.github.secretsboot.inject;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

import io.github.secretsboot.env.SecretsPropertySource;
import io.github.secretsboot.properties.Property;
import io.github.secretsboot.properties.PropertyIndex;
import io.github.secretsboot.refresh.SecretsState;

import org.springframework.beans.factory.config.AutowireCapableBeanFactory;

/**
 * What it takes to inject again.
 *
 * @param secrets the property source of the secrets
 * @param beanFactory the bean factory that injected in the first place
 * @param placeholders finds those in configuration files that no longer resolve
 */
record InjectionContext(SecretsPropertySource secrets, AutowireCapableBeanFactory beanFactory,
		LostPlaceholders placeholders) {

	/** The properties that the current thread sees. */
	PropertyIndex properties() {
		return this.secrets.state().properties();
	}

	SecretsState inUse() {
		return this.secrets.getSource().state();
	}

	/**
	 * The properties among some that are in use and not in what the current thread sees.
	 * @param names names in whatever spelling, also of other properties
	 */
	Set<String> lost(Collection<String> names) {
		return lost(names, this.secrets);
	}

	static Set<String> lost(Collection<String> names, SecretsPropertySource secrets) {
		PropertyIndex inUse = secrets.getSource().state().properties();
		PropertyIndex seen = secrets.state().properties();
		Set<String> lost = new TreeSet<>();
		for (String name : names) {
			Property property = inUse.find(name);
			if (property != null && seen.find(name) == null) {
				lost.add(property.name());
			}
		}
		return lost;
	}

}
