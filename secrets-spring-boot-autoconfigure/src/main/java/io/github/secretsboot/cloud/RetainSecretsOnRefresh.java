package io.github.secretsboot.cloud;

import java.util.ArrayList;
import java.util.List;

import io.github.secretsboot.env.SecretsPropertySource;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.cloud.autoconfigure.RefreshAutoConfiguration.RefreshProperties;

/**
 * Lets the live secrets through to the copy of the environment that Spring Cloud's
 * {@code ContextRefresher} loads configuration into. There our post-processor recognizes
 * them and checks them, where it would otherwise load them a second time and take the
 * place of the live ones.
 */
public class RetainSecretsOnRefresh implements BeanPostProcessor {

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof RefreshProperties properties
				&& !properties.getAdditionalPropertySourcesToRetain().contains(SecretsPropertySource.NAME)) {
			List<String> retained = new ArrayList<>(properties.getAdditionalPropertySourcesToRetain());
			retained.add(SecretsPropertySource.NAME);
			properties.setAdditionalPropertySourcesToRetain(retained);
		}
		return bean;
	}

}
