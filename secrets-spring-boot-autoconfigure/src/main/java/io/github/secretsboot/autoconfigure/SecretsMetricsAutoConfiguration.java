package io.github.secretsboot.autoconfigure;

import io.github.secretsboot.consumers.ConsumerReport;
import io.github.secretsboot.cost.SecretsCost;
import io.github.secretsboot.env.SecretsProperties;
import io.github.secretsboot.env.SecretsPropertySource;
import io.github.secretsboot.metrics.FetchObservationConvention;
import io.github.secretsboot.metrics.RefreshObservationConvention;
import io.github.secretsboot.metrics.SecretsMeterFilter;
import io.github.secretsboot.metrics.SecretsMeters;
import io.github.secretsboot.metrics.SecretsObservations;
import io.github.secretsboot.refresh.SecretsEngine;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/**
 * {@link AutoConfiguration Auto-configuration} for {@link SecretsObservations
 * observations} and {@link SecretsMeters meters} of secrets.
 */
@AutoConfiguration(after = SecretsAutoConfiguration.class,
		afterName = {
				"org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
				"org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration" })
@ConditionalOnBean({ SecretsEngine.class, SecretsPropertySource.class })
public final class SecretsMetricsAutoConfiguration {

	/**
	 * Needs {@code micrometer-observation}.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ObservationRegistry.class)
	@ConditionalOnBean(ObservationRegistry.class)
	static class ObservationConfiguration {

		@Bean
		@Lazy(false)
		@Conditional(NotYetObserved.class)
		SecretsObservations secretsObservations(SecretsEngine secretsEngine, ObservationRegistry observationRegistry,
				ObjectProvider<FetchObservationConvention> fetchConvention,
				ObjectProvider<RefreshObservationConvention> refreshConvention) {
			return new SecretsObservations(secretsEngine, observationRegistry, fetchConvention.getIfAvailable(),
					refreshConvention.getIfAvailable());
		}

	}

	/**
	 * A child that shares the engine shares its observations.
	 */
	static class NotYetObserved extends AnyNestedCondition {

		NotYetObserved() {
			super(ConfigurationPhase.REGISTER_BEAN);
		}

		@ConditionalOnMissingBean(SecretsObservations.class)
		static class NoneInHierarchy {

		}

		@ConditionalOnBean(value = SecretsEngine.class, search = SearchStrategy.CURRENT)
		@ConditionalOnMissingBean(value = SecretsObservations.class, search = SearchStrategy.CURRENT)
		static class NoneForOwnEngine {

		}

	}

	/**
	 * Needs {@code micrometer-core}.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterRegistry.class)
	@ConditionalOnBean(MeterRegistry.class)
	static class MeterConfiguration {

		@Bean
		static SecretsMeterFilter secretsMeterFilter() {
			return new SecretsMeterFilter();
		}

		@Bean
		@ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
		SecretsMeters secretsMeters(SecretsEngine secretsEngine, SecretsCost secretsCost,
				ConsumerReport secretsConsumerReport, SecretsProperties properties) {
			return new SecretsMeters(secretsEngine, secretsCost, secretsConsumerReport::outdated,
					properties.healthMaxAge());
		}

	}

}
