package io.github.secretsboot.datasource;

import io.github.secretsboot.env.SecretsProperties;
import io.github.secretsboot.env.SecretsPropertySource;
import io.github.secretsboot.refresh.PropertyIndex;
import io.github.secretsboot.refresh.SecretsEngine;

import java.util.function.Supplier;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;

/**
 * The beans that have pools follow their secrets. Imported by auto-configuration.
 */
@Configuration(proxyBeanMethods = false)
@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
public class FollowedPoolsConfiguration {

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static BackgroundTasks secretsDataSourceTasks(SecretsEngine secretsEngine) {
		return new BackgroundTasks(secretsEngine::reportAuthenticationFailure);
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static FollowedPools secretsFollowedPools(SecretsEngine secretsEngine, SecretsPropertySource secretsPropertySource,
			ConfigurableListableBeanFactory beanFactory, Environment environment,
			BackgroundTasks secretsDataSourceTasks) {
		Supplier<PropertyIndex> properties = () -> secretsEngine.state().properties();
		CredentialSourceFinder finder = new CredentialSourceFinder(properties,
				new ReferencedProperties(beanFactory, environment, secretsPropertySource));
		// Bound here: the properties' own bean must not be created before all
		// post-processors
		SecretsProperties.Datasource settings = Binder.get(environment)
			.bindOrCreate("secrets.datasource", SecretsProperties.Datasource.class);
		return new FollowedPools(finder, secretsDataSourceTasks, settings.getRotationWindow());
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static PoolBeanPostProcessor secretsPoolBeanPostProcessor(FollowedPools secretsFollowedPools) {
		return new PoolBeanPostProcessor(secretsFollowedPools);
	}

	@Bean
	@ConditionalOnBooleanProperty(name = "secrets.datasource.validate", matchIfMissing = true)
	CandidateLogins secretsCandidateLogins(FollowedPools secretsFollowedPools) {
		return new CandidateLogins(secretsFollowedPools);
	}

}
