package io.github.secretsboot.autoconfigure;

import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

import io.github.secretsboot.SecretValidator;
import io.github.secretsboot.Secrets;
import io.github.secretsboot.context.DefaultSecrets;
import io.github.secretsboot.context.RefreshListenerRegistrar;
import io.github.secretsboot.context.RefreshScheduler;
import io.github.secretsboot.context.SecretEventPublisher;
import io.github.secretsboot.cost.SecretsCost;
import io.github.secretsboot.env.BinaryConverters;
import io.github.secretsboot.env.DashedNamesBindHandlerAdvisor;
import io.github.secretsboot.env.SecretsProperties;
import io.github.secretsboot.env.SecretsPropertySource;
import io.github.secretsboot.expression.DerivedValues;
import io.github.secretsboot.expression.SecretExpressionConfiguration;
import io.github.secretsboot.inject.SecretInjectionConfiguration;
import io.github.secretsboot.redact.BoundSecrets;
import io.github.secretsboot.redact.SecretInjectionGuard;
import io.github.secretsboot.refresh.RefreshListener;
import io.github.secretsboot.refresh.SecretsEngine;
import io.github.secretsboot.report.HolderWatch;
import io.github.secretsboot.report.WatchedContext;
import io.github.secretsboot.report.WatchedContexts;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.context.properties.ConfigurationPropertiesBinding;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.thread.Threading;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Role;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.env.Environment;
import org.springframework.core.io.Resource;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * {@link AutoConfiguration Auto-configuration} around the engine that loaded the secrets
 * into the environment. Backs off where there is none, which is where
 * {@code secrets.enabled} is {@code false}.
 */
@AutoConfiguration
@ConditionalOnBean(SecretsEngine.class)
@EnableConfigurationProperties(SecretsProperties.class)
public final class SecretsAutoConfiguration {

	@Bean
	@ConfigurationPropertiesBinding
	static Converter<byte[], String> binarySecretToTextConverter() {
		return new Converter<>() {

			@Override
			public String convert(byte[] bytes) {
				return BinaryConverters.toText(bytes);
			}

		};
	}

	@Bean
	@ConfigurationPropertiesBinding
	static Converter<byte[], Resource> binarySecretToResourceConverter() {
		return new Converter<>() {

			@Override
			public Resource convert(byte[] bytes) {
				return BinaryConverters.toResource(bytes);
			}

		};
	}

	@Bean
	@Lazy(false)
	RefreshListenerRegistrar secretsRefreshListenerRegistrar(SecretsEngine secretsEngine,
			ListableBeanFactory beanFactory, ObjectProvider<RefreshListener> listeners,
			ObjectProvider<SecretValidator> validators) {
		return new RefreshListenerRegistrar(secretsEngine, beanFactory, listeners, validators);
	}

	@Bean
	@Lazy
	SecretsCost secretsCost(SecretsEngine secretsEngine, SecretsProperties properties) {
		return new SecretsCost(secretsEngine, properties.getCost().getPerTenThousandCalls(),
				properties.getCost().getPerSecret());
	}

	@Bean
	SecretEventPublisher secretEventPublisher(AbstractApplicationContext applicationContext) {
		return new SecretEventPublisher(applicationContext);
	}

	/**
	 * What the owner of the engine needs, as opposed to its children.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(value = SecretsEngine.class, search = SearchStrategy.CURRENT)
	static class EngineConfiguration {

		private static final String REFRESH_THREAD_PREFIX = "secrets-refresh-";

		@Bean
		@ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
		Secrets awsSecrets(SecretsEngine secretsEngine) {
			return new DefaultSecrets(secretsEngine);
		}

		@Bean
		WatchedContexts secretsWatchedContexts() {
			return new WatchedContexts();
		}

		@Bean
		@Lazy(false)
		HolderWatch secretsHolderWatch(SecretsEngine secretsEngine, WatchedContexts secretsWatchedContexts,
				SecretsProperties properties) {
			return new HolderWatch(secretsEngine, secretsWatchedContexts, properties);
		}

		@Bean
		@Lazy(false)
		@ConditionalOnBooleanProperty(name = "secrets.refresh.enabled", matchIfMissing = true)
		RefreshScheduler secretsRefreshScheduler(SecretsEngine secretsEngine, Environment environment) {
			ThreadFactory threads = refreshThreads(environment);
			return new RefreshScheduler(secretsEngine, () -> Executors.newSingleThreadScheduledExecutor(threads));
		}

		private ThreadFactory refreshThreads(Environment environment) {
			if (Threading.VIRTUAL.isActive(environment)) {
				return new VirtualThreadTaskExecutor(REFRESH_THREAD_PREFIX).getVirtualThreadFactory();
			}
			CustomizableThreadFactory threads = new CustomizableThreadFactory(REFRESH_THREAD_PREFIX);
			threads.setDaemon(true);
			return threads;
		}

	}

	/**
	 * What a context needs whose beans hold values of secrets.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(SecretsPropertySource.class)
	@Import({ SecretExpressionConfiguration.class, SecretInjectionConfiguration.class })
	static class InjectionConfiguration {

		@Bean
		@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
		static BoundSecrets boundSecrets(SecretsPropertySource secretsPropertySource, ApplicationContext context) {
			ApplicationContext parent = context.getParent();
			return new BoundSecrets(secretsPropertySource,
					(parent != null) ? parent.getBeanProvider(BoundSecrets.class).getIfAvailable() : null);
		}

		@Bean
		@Lazy(false)
		WatchedContext secretsWatchedContext(WatchedContexts secretsWatchedContexts,
				ConfigurableListableBeanFactory beanFactory) {
			return new WatchedContext(secretsWatchedContexts, beanFactory);
		}

		@Bean
		static SecretInjectionGuard secretInjectionGuard(SecretsPropertySource secretsPropertySource,
				DerivedValues derivedValues) {
			return new SecretInjectionGuard(secretsPropertySource, derivedValues);
		}

		@Bean
		static DashedNamesBindHandlerAdvisor secretDashedNamesBindHandlerAdvisor(
				SecretsPropertySource secretsPropertySource) {
			return new DashedNamesBindHandlerAdvisor(secretsPropertySource);
		}

	}

}
