package io.github.secretsboot.autoconfigure;

import io.github.secretsboot.consumers.ConsumerReport;
import io.github.secretsboot.env.SecretsProperties;
import io.github.secretsboot.env.SecretsPropertySource;
import io.github.secretsboot.health.SecretsHealthIndicator;
import io.github.secretsboot.refresh.SecretsEngine;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * {@link AutoConfiguration Auto-configuration} for the {@link SecretsHealthIndicator}.
 */
@AutoConfiguration(after = SecretsAutoConfiguration.class,
		beforeName = "org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration")
@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean({ SecretsEngine.class, SecretsPropertySource.class })
@ConditionalOnEnabledHealthIndicator("secrets")
public final class SecretsHealthAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "secretsHealthIndicator", search = SearchStrategy.CURRENT)
	SecretsHealthIndicator secretsHealthIndicator(SecretsEngine secretsEngine, ConsumerReport secretsConsumerReport,
			SecretsProperties properties) {
		return new SecretsHealthIndicator(secretsEngine, secretsConsumerReport::outdated, properties.healthMaxAge());
	}

}
