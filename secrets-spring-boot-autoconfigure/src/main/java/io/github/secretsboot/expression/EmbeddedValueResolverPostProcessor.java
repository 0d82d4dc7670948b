package io.github.secretsboot.expression;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.beans.factory.config.EmbeddedValueResolver;
import org.springframework.context.EmbeddedValueResolverAware;

/**
 * Gives beans such as those behind {@code @Scheduled} and {@code @RequestMapping} the
 * expression resolver of today. Spring gives them the one that it began with.
 */
final class EmbeddedValueResolverPostProcessor implements BeanPostProcessor {

	private final ConfigurableBeanFactory beanFactory;

	EmbeddedValueResolverPostProcessor(ConfigurableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	@Override
	public Object postProcessBeforeInitialization(Object bean, String beanName) {
		if (bean instanceof EmbeddedValueResolverAware aware) {
			aware.setEmbeddedValueResolver(new EmbeddedValueResolver(this.beanFactory));
		}
		return bean;
	}

}
