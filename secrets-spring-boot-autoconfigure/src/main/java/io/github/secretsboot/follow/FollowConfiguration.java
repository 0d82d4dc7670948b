package io.github.secretsboot.follow;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.secretsboot.env.SecretsProperties;
import io.github.secretsboot.env.SecretsPropertySource;
import io.github.secretsboot.refresh.SecretsEngine;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * The beans that have clients follow their secrets. Imported by auto-configuration.
 */
@Configuration(proxyBeanMethods = false)
@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
public class FollowConfiguration {

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static BackgroundTasks secretsFollowTasks(SecretsEngine secretsEngine) {
		return new BackgroundTasks(secretsEngine::reportAuthenticationFailure);
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static PropertyReader secretsPropertyReader(ConfigurableEnvironment environment,
			SecretsPropertySource secretsPropertySource) {
		return new PropertyReader(environment, secretsPropertySource);
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static CredentialsFinder secretsCredentialsFinder(PropertyReader secretsPropertyReader,
			ConfigurableListableBeanFactory beanFactory, ConfigurableEnvironment environment,
			SecretsPropertySource secretsPropertySource) {
		return new CredentialsFinder(secretsPropertyReader,
				new ReferencedProperties(beanFactory, environment, secretsPropertySource));
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static DefaultFollowers secretsFollowers(PropertyReader secretsPropertyReader, BackgroundTasks secretsFollowTasks,
			ConfigurableEnvironment environment, ConfigurableListableBeanFactory beanFactory,
			SecretsEngine secretsEngine) {
		// Bound here: the properties' own bean must not be created before all
		// post-processors
		SecretsProperties.Follow settings = Binder.get(environment)
			.bindOrCreate("secrets.follow", SecretsProperties.Follow.class);
		Technology.check(settings.getExclude());
		return new DefaultFollowers(secretsPropertyReader, secretsFollowTasks, settings.getRotationWindow(),
				secretsEngine.clock(), () -> followers(beanFactory));
	}

	@SuppressWarnings("rawtypes")
	private static Map<String, Follower<?>> followers(ConfigurableListableBeanFactory beanFactory) {
		Map<String, Follower<?>> followers = new LinkedHashMap<>();
		Map<String, Follower> beans = beanFactory.getBeansOfType(Follower.class);
		beans.forEach(followers::put);
		return followers;
	}

	@Bean
	@ConditionalOnBooleanProperty(name = "secrets.follow.validate", matchIfMissing = true)
	CandidateTrials secretsCandidateTrials(DefaultFollowers secretsFollowers) {
		return new CandidateTrials(secretsFollowers);
	}

}
