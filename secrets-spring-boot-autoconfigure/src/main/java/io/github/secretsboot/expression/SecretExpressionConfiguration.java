package io.github.secretsboot.expression;

import io.github.secretsboot.env.SecretsPropertySource;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;

/**
 * Guards a context that {@code SpringApplication} has not initialized, such as the one
 * that serves management on a port of its own. Imported by auto-configuration.
 */
@Configuration(proxyBeanMethods = false)
@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
public class SecretExpressionConfiguration {

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	@ConditionalOnMissingBean(value = DerivedValues.class, search = SearchStrategy.CURRENT)
	static BeanDefinitionRegistryPostProcessor secretExpressionGuard(ConfigurableApplicationContext context,
			SecretsPropertySource secretsPropertySource) {
		return new ExpressionGuard(context, secretsPropertySource);
	}

}
