package io.github.secretsboot.report;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.secretsboot.holders.BeanRoots;
import io.github.secretsboot.holders.Root;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * The application contexts that share an engine, whose beans may hold values. For any
 * number of threads.
 */
public class WatchedContexts {

	private final List<ConfigurableListableBeanFactory> beanFactories = new CopyOnWriteArrayList<>();

	/**
	 * Look into a context from now on.
	 * @param beanFactory the bean factory of the context
	 */
	void add(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactories.add(beanFactory);
	}

	/**
	 * Look into a context no longer.
	 * @param beanFactory the bean factory of the context
	 */
	void remove(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactories.remove(beanFactory);
	}

	List<Root> roots() {
		List<Root> roots = new ArrayList<>();
		this.beanFactories.forEach((beanFactory) -> roots.addAll(BeanRoots.of(beanFactory)));
		return roots;
	}

	/**
	 * The class of a bean that exists.
	 * @return the class, or {@code null} if there is no such bean
	 */
	@Nullable Class<?> typeOf(String bean) {
		return this.beanFactories.stream()
			.filter((beanFactory) -> beanFactory.containsSingleton(bean))
			.map((beanFactory) -> beanFactory.getSingleton(bean))
			.filter((singleton) -> singleton != null)
			.<Class<?>>map(Object::getClass)
			.findFirst()
			.orElse(null);
	}

}
