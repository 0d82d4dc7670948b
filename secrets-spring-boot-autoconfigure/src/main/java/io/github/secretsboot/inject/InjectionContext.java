package io.github.secretsboot.inject;

import io.github.secretsboot.env.SecretsPropertySource;
import io.github.secretsboot.properties.PropertyIndex;

import org.springframework.beans.factory.config.AutowireCapableBeanFactory;

/**
 * What it takes to inject again.
 *
 * @param secrets the property source of the secrets
 * @param beanFactory the bean factory that injected in the first place
 */
record InjectionContext(SecretsPropertySource secrets, AutowireCapableBeanFactory beanFactory) {

	PropertyIndex properties() {
		return this.secrets.getSource().state().properties();
	}

}
