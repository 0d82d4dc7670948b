package io.github.secretsboot.autoconfigure;

import io.github.secretsboot.follow.hikari.HikariFollowerAutoConfiguration;
import io.github.secretsboot.refresh.SecretsEngine;

import org.springframework.aot.AotDetector;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * Keeps secrets current in every application context that has some, also where nothing
 * enables auto-configuration: in a shared parent context, or in a test of a slice.
 */
class SecretsContextInitializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	@Override
	public void initialize(ConfigurableApplicationContext applicationContext) {
		if (!AotDetector.useGeneratedArtifacts()) {
			applicationContext.addBeanFactoryPostProcessor(new Registrar());
		}
	}

	/**
	 * Looks for the engine when it is there, which is after the context has been
	 * initialized.
	 */
	private static final class Registrar implements BeanDefinitionRegistryPostProcessor {

		@Override
		public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
			if (registry instanceof ConfigurableListableBeanFactory beanFactory && BeanFactoryUtils
				.beanNamesForTypeIncludingAncestors(beanFactory, SecretsEngine.class, true, false).length > 0) {
				registry.registerBeanDefinition(SecretsConfiguration.class.getName(),
						new RootBeanDefinition(SecretsConfiguration.class));
			}
		}

	}

	/**
	 * Imported again by those who enable auto-configuration, which changes nothing.
	 */
	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ SecretsAutoConfiguration.class, SecretsFollowAutoConfiguration.class,
			HikariFollowerAutoConfiguration.class })
	static class SecretsConfiguration {

	}

}
