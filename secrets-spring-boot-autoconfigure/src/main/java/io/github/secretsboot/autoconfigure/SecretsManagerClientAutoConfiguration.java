package io.github.secretsboot.autoconfigure;

import java.util.List;

import io.awspring.cloud.autoconfigure.AwsSyncClientCustomizer;
import io.awspring.cloud.autoconfigure.config.secretsmanager.SecretsManagerAutoConfiguration;
import io.awspring.cloud.autoconfigure.config.secretsmanager.SecretsManagerClientCustomizer;
import io.github.secretsboot.env.SecretsProperties;
import io.github.secretsboot.fetch.aws.SecretsManagerClientSource;
import io.github.secretsboot.refresh.SecretsEngine;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/**
 * {@link AutoConfiguration Auto-configuration} that makes the client which loads secrets
 * the {@link SecretsManagerClient} bean, so that there is one client at most. Where no
 * secret is listed the bean remains Spring Cloud AWS's. Neither it nor what Spring Cloud
 * AWS has for it is created before somebody asks for it: that takes half a second and a
 * region.
 */
@AutoConfiguration(before = SecretsManagerAutoConfiguration.class)
@ConditionalOnBean(SecretsEngine.class)
public final class SecretsManagerClientAutoConfiguration {

	private static final String CLIENT_BEAN = "secretsManagerClient";

	private static final List<String> LAZY = List.of("io.awspring.cloud.autoconfigure.core.",
			SecretsManagerAutoConfiguration.class.getPackageName() + ".", SecretsProperties.class.getName());

	private static final List<String> CLIENT_CONFIGURATIONS = List.of(SecretsManagerAutoConfiguration.class.getName(),
			SecretsManagerClientAutoConfiguration.class.getName());

	@Bean
	static BeanFactoryPostProcessor lazyUntilAskedFor() {
		return (beanFactory) -> {
			for (String name : beanFactory.getBeanDefinitionNames()) {
				BeanDefinition definition = beanFactory.getBeanDefinition(name);
				if (isOneOf(LAZY, definition.getFactoryBeanName()) || isOneOf(LAZY, definition.getBeanClassName())) {
					definition.setLazyInit(true);
				}
				if (name.equals(CLIENT_BEAN) && isOneOf(CLIENT_CONFIGURATIONS, definition.getFactoryBeanName())) {
					// A hundred classes are in the signatures of its methods, which are
					// looked through for listeners
					definition.setAttribute(AutoProxyUtils.ORIGINAL_TARGET_CLASS_ATTRIBUTE, Object.class);
				}
			}
		};
	}

	private static boolean isOneOf(List<String> prefixes, @Nullable String className) {
		return className != null && prefixes.stream().anyMatch(className::startsWith);
	}

	/**
	 * The client that secrets are loaded with, if it takes one.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(SecretsManagerClientSource.class)
	static class SharedClientConfiguration {

		private static final Log logger = LogFactory.getLog(SecretsManagerClientAutoConfiguration.class);

		@Bean(name = CLIENT_BEAN, destroyMethod = "")
		@Lazy
		@ConditionalOnMissingBean
		SecretsManagerClient secretsManagerClient(SecretsManagerClientSource secretsManagerClientSource) {
			return secretsManagerClientSource.getClient();
		}

		@Bean
		@Lazy(false)
		SmartInitializingSingleton secretsManagerClientCustomizerCheck(ListableBeanFactory beanFactory) {
			return () -> {
				for (Class<?> type : List.of(SecretsManagerClientCustomizer.class, AwsSyncClientCustomizer.class)) {
					for (String name : beanFactory.getBeanNamesForType(type, true, false)) {
						logger.warn("Bean '" + name + "' does not customize the client that loads secrets, which"
								+ " happens before any bean exists. Register it with"
								+ " SpringApplication.addBootstrapRegistryInitializer(...).");
					}
				}
			};
		}

	}

}
