package io.github.secretsboot.inject;

import io.github.secretsboot.consumers.FollowedConsumers;
import io.github.secretsboot.env.SecretsPropertySource;
import io.github.secretsboot.redact.BoundSecrets;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;

/**
 * The beans that keep injected values current. Imported by auto-configuration.
 */
@Configuration(proxyBeanMethods = false)
@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
public class SecretInjectionConfiguration {

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static ReplacedCollections replacedCollections() {
		return new ReplacedCollections();
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static LostPlaceholders lostSecretPlaceholders(SecretsPropertySource secretsPropertySource,
			Environment environment) {
		return new LostPlaceholders(secretsPropertySource, environment);
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static InjectionTargets secretConsumers(SecretsPropertySource secretsPropertySource,
			AutowireCapableBeanFactory beanFactory, LostPlaceholders lostPlaceholders,
			ObjectProvider<FollowedConsumers> followers) {
		return new InjectionTargets(new InjectionContext(secretsPropertySource, beanFactory, lostPlaceholders),
				followers);
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static InjectionTargetPostProcessor secretConsumerBeanPostProcessor(ApplicationContext applicationContext,
			InjectionTargets secretConsumers, BoundSecrets boundSecrets) {
		return new InjectionTargetPostProcessor(applicationContext, secretConsumers, boundSecrets);
	}

}
