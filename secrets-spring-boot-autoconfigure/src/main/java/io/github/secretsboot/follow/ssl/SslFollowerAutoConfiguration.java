package io.github.secretsboot.follow.ssl;

import io.github.secretsboot.follow.BootBeanPostProcessor;
import io.github.secretsboot.follow.ConditionalOnFollower;
import io.github.secretsboot.follow.Followers;
import io.github.secretsboot.follow.Technology;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.io.ApplicationResourceLoader;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;
import org.springframework.core.io.ResourceLoader;

/**
 * {@link AutoConfiguration Auto-configuration} for the SSL bundles of
 * {@code spring.ssl.bundle.pem}, which follow the certificates and keys that come from
 * secrets. A registry of the application is left alone.
 */
@AutoConfiguration(afterName = "io.github.secretsboot.autoconfigure.SecretsFollowAutoConfiguration")
@ConditionalOnFollower(Technology.SSL)
public final class SslFollowerAutoConfiguration {

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static BootBeanPostProcessor<DefaultSslBundleRegistry> secretsSslPostProcessor(Followers secretsFollowers,
			ConfigurableListableBeanFactory beanFactory, ResourceLoader resourceLoader) {
		ResourceLoader loader = ApplicationResourceLoader.get(resourceLoader, true);
		return new BootBeanPostProcessor<>(beanFactory, DefaultSslBundleRegistry.class, (beanName, registry) -> {
			registry.getBundleNames()
				.forEach((name) -> secretsFollowers.followIfSecret(beanName,
						new BundleFollower(name, registry, loader)));
			return registry;
		});
	}

}
