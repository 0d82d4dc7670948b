package io.github.secretsboot.autoconfigure;

import io.github.secretsboot.cloud.RetainSecretsOnRefresh;
import io.github.secretsboot.cloud.SpringCloudRefresh;
import io.github.secretsboot.env.SecretsProperties;
import io.github.secretsboot.env.SecretsPropertySource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.cloud.autoconfigure.RefreshAutoConfiguration;
import org.springframework.cloud.context.scope.refresh.RefreshScope;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;

/**
 * {@link AutoConfiguration Auto-configuration} for getting along with Spring Cloud
 * Context.
 */
@AutoConfiguration(after = { SecretsAutoConfiguration.class, RefreshAutoConfiguration.class })
@ConditionalOnClass(RefreshScope.class)
@ConditionalOnBean(SecretsPropertySource.class)
public final class SpringCloudSecretsAutoConfiguration {

	@Bean
	static RetainSecretsOnRefresh retainSecretsOnRefresh() {
		return new RetainSecretsOnRefresh();
	}

	@Bean
	SpringCloudRefresh springCloudSecretsRefresh(SecretsProperties properties,
			SecretsPropertySource secretsPropertySource, ApplicationContext applicationContext,
			ObjectProvider<RefreshScope> refreshScope) {
		return new SpringCloudRefresh(properties.getRefresh().getSpringCloud(), secretsPropertySource,
				applicationContext, refreshScope.getIfAvailable());
	}

}
