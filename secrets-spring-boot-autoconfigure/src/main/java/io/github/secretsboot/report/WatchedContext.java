package io.github.secretsboot.report;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Has the beans of an application context looked into for as long as the context lives.
 */
public class WatchedContext implements SmartInitializingSingleton, DisposableBean {

	private final WatchedContexts contexts;

	private final ConfigurableListableBeanFactory beanFactory;

	/**
	 * Create an instance.
	 * @param contexts the contexts to look into
	 * @param beanFactory the bean factory of the context
	 */
	public WatchedContext(WatchedContexts contexts, ConfigurableListableBeanFactory beanFactory) {
		this.contexts = contexts;
		this.beanFactory = beanFactory;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.contexts.add(this.beanFactory);
	}

	@Override
	public void destroy() {
		this.contexts.remove(this.beanFactory);
	}

}
