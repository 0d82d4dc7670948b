package io.github.secretsboot.benchmarks.reload;

import io.awspring.cloud.autoconfigure.config.reload.ConfigurationChangeDetector;
import io.awspring.cloud.autoconfigure.config.reload.PollingAwsPropertySourceChangeDetector;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/**
 * What the application needs to run polls and to see their outcome.
 */
@Configuration(proxyBeanMethods = false)
@Import(InjectedValues.class)
public class ReloadConfiguration {

	@Bean
	ReloadPasses reloadPasses(ConfigurationChangeDetector<?> detector, InjectedValues injectedValues,
			Environment environment) {
		return new ReloadPasses((PollingAwsPropertySourceChangeDetector<?>) detector, injectedValues, environment);
	}

}
