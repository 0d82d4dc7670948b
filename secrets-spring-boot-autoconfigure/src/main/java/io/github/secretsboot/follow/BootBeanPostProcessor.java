package io.github.secretsboot.follow;

import java.lang.reflect.Method;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.Ordered;

/**
 * Has the beans of one type follow their secrets that Spring Boot's auto-configuration
 * makes. Those of the application are left alone.
 *
 * @param <B> the type of the beans
 */
public final class BootBeanPostProcessor<B> implements BeanPostProcessor, Ordered {

	private static final String BOOT = "org.springframework.boot.";

	private final ConfigurableListableBeanFactory beanFactory;

	private final Class<B> type;

	private final Hook<B> hook;

	/**
	 * Create a post-processor.
	 * @param beanFactory knows who makes a bean
	 * @param type the type of the beans
	 * @param hook follows one bean
	 */
	public BootBeanPostProcessor(ConfigurableListableBeanFactory beanFactory, Class<B> type, Hook<B> hook) {
		this.beanFactory = beanFactory;
		this.type = type;
		this.hook = hook;
	}

	@Override
	public int getOrder() {
		// Before any proxy is made of the bean
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		return (this.type.isInstance(bean) && isMadeByBoot(beanName)) ? this.hook.follow(beanName, this.type.cast(bean))
				: bean;
	}

	private boolean isMadeByBoot(String beanName) {
		if (this.beanFactory.containsBeanDefinition(beanName)
				&& this.beanFactory.getMergedBeanDefinition(beanName) instanceof RootBeanDefinition definition) {
			Method method = definition.getResolvedFactoryMethod();
			return method != null && method.getDeclaringClass().getName().startsWith(BOOT);
		}
		return false;
	}

	/**
	 * Knows the beans of one type.
	 *
	 * @param <B> the type of the beans
	 */
	@FunctionalInterface
	public interface Hook<B> {

		/**
		 * Have a bean follow the secrets that it was made of, if any.
		 * @param beanName the name of the bean
		 * @param bean the bean
		 * @return the bean, or the one to use in its place
		 */
		B follow(String beanName, B bean);

	}

}
