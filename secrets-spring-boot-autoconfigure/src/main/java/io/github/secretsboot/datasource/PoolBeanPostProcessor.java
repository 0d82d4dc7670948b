package io.github.secretsboot.datasource;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;

import org.springframework.aop.scope.ScopedObject;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.Ordered;

/**
 * Has pools followed when they have been configured and not yet been used.
 */
class PoolBeanPostProcessor implements BeanPostProcessor, Ordered {

	private final FollowedPools pools;

	PoolBeanPostProcessor(FollowedPools pools) {
		this.pools = pools;
	}

	@Override
	public int getOrder() {
		// Before any proxy is made of the bean
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof ScopedObject) {
			// Asking it for anything would create its target, which comes by itself
			return bean;
		}
		if (bean instanceof HikariConfig config) {
			this.pools.add(beanName, config);
		}
		else if (bean instanceof DataSource dataSource) {
			PoolFinder.find(dataSource).forEach((pool) -> this.pools.add(beanName, pool));
		}
		return bean;
	}

}
