package io.github.secretsboot.autoconfigure;

import java.util.List;

import io.awspring.cloud.autoconfigure.AwsSyncClientCustomizer;
import io.awspring.cloud.autoconfigure.config.secretsmanager.SecretsManagerAutoConfiguration;
import io.awspring.cloud.autoconfigure.config.secretsmanager.SecretsManagerClientCustomizer;
import io.github.secretsboot.fetch.aws.SecretsManagerClientSource;
import io.github.secretsboot.refresh.SecretsEngine;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/**
 * {@link AutoConfiguration Auto-configuration} that makes the client which loaded the
 * secrets the {@link SecretsManagerClient} bean, so that there is one client. Where no
 * secret is listed the bean remains Spring Cloud AWS's, but is not created before
 * somebody asks for it: creating it takes half a second and a region.
 */
@AutoConfiguration(before = SecretsManagerAutoConfiguration.class)
@ConditionalOnBean(SecretsEngine.class)
public final class SecretsManagerClientAutoConfiguration {

	private static final String CLIENT_BEAN = "secretsManagerClient";

	@Bean
	static BeanFactoryPostProcessor lazySecretsManagerClient() {
		return (beanFactory) -> {
			if (beanFactory.containsBeanDefinition(CLIENT_BEAN) && SecretsManagerAutoConfiguration.class.getName()
				.equals(beanFactory.getBeanDefinition(CLIENT_BEAN).getFactoryBeanName())) {
				beanFactory.getBeanDefinition(CLIENT_BEAN).setLazyInit(true);
			}
		};
	}

	/**
	 * The client that loaded the secrets.
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
								+ " exists before any bean does. Register it with"
								+ " SpringApplication.addBootstrapRegistryInitializer(...).");
					}
				}
			};
		}

	}

}
