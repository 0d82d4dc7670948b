package io.github.secretsboot.autoconfigure;

import java.util.List;

import io.awspring.cloud.autoconfigure.AwsSyncClientCustomizer;
import io.awspring.cloud.autoconfigure.config.secretsmanager.SecretsManagerAutoConfiguration;
import io.awspring.cloud.autoconfigure.config.secretsmanager.SecretsManagerClientCustomizer;
import io.github.secretsboot.fetch.aws.SecretsManagerClientSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/**
 * {@link AutoConfiguration Auto-configuration} that makes the client which loaded the
 * secrets the {@link SecretsManagerClient} bean, so that there is one client.
 */
@AutoConfiguration(before = SecretsManagerAutoConfiguration.class)
@ConditionalOnBean(SecretsManagerClientSource.class)
public final class SecretsManagerClientAutoConfiguration {

	private static final Log logger = LogFactory.getLog(SecretsManagerClientAutoConfiguration.class);

	@Bean(destroyMethod = "")
	@Lazy
	@ConditionalOnMissingBean
	SecretsManagerClient secretsManagerClient(SecretsManagerClientSource secretsManagerClientSource,
			ListableBeanFactory beanFactory) {
		for (Class<?> type : List.of(SecretsManagerClientCustomizer.class, AwsSyncClientCustomizer.class)) {
			for (String name : beanFactory.getBeanNamesForType(type)) {
				logger.warn("Bean '" + name + "' does not customize the client that loads secrets, which exists before"
						+ " any bean does. Register it with SpringApplication.addBootstrapRegistryInitializer(...).");
			}
		}
		return secretsManagerClientSource.getClient();
	}

}
