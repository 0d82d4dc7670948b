package io.github.secretsboot.autoconfigure;

import io.github.secretsboot.actuate.SecretSanitizingFunction;
import io.github.secretsboot.actuate.SecretsEndpoint;
import io.github.secretsboot.actuate.SecretsEndpointWebExtension;
import io.github.secretsboot.consumers.ConsumerReport;
import io.github.secretsboot.cost.SecretsCost;
import io.github.secretsboot.env.SecretsPropertySource;
import io.github.secretsboot.redact.BoundSecrets;
import io.github.secretsboot.refresh.SecretsEngine;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * {@link AutoConfiguration Auto-configuration} for the {@link SecretsEndpoint}, and for
 * what Boot's own endpoints show of secrets.
 */
@AutoConfiguration(after = SecretsAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnBean(SecretsEngine.class)
public final class SecretsEndpointAutoConfiguration {

	@Bean
	@ConditionalOnBean(SecretsPropertySource.class)
	SecretSanitizingFunction secretSanitizingFunction(SecretsPropertySource secretsPropertySource,
			BoundSecrets boundSecrets, Environment environment) {
		return new SecretSanitizingFunction(secretsPropertySource, boundSecrets, environment);
	}

	@Bean
	@ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
	@ConditionalOnAvailableEndpoint(SecretsEndpoint.class)
	SecretsEndpoint secretsEndpoint(SecretsEngine secretsEngine, ConsumerReport secretsConsumerReport,
			SecretsCost secretsCost) {
		return new SecretsEndpoint(secretsEngine, secretsConsumerReport, secretsCost);
	}

	@Bean
	@ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
	@ConditionalOnAvailableEndpoint(endpoint = SecretsEndpoint.class, exposure = EndpointExposure.WEB)
	SecretsEndpointWebExtension secretsEndpointWebExtension(SecretsEndpoint secretsEndpoint) {
		return new SecretsEndpointWebExtension(secretsEndpoint);
	}

}
