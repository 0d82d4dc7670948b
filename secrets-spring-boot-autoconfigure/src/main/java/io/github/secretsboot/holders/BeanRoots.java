package io.github.secretsboot.holders;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.HierarchicalBeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.Scope;
import org.springframework.util.ReflectionUtils;

/**
 * Lists the beans that exist, without creating any: singletons, what factory beans have
 * made, and scopes, which keep other beans; of a bean factory and its parents.
 */
public final class BeanRoots {

	private static final String MADE_BY_FACTORY_BEANS = "factoryBeanObjectCache";

	private BeanRoots() {
	}

	/**
	 * List the beans that exist now.
	 * @param beanFactory the bean factory of an application context
	 * @return the beans, those of parents last
	 */
	public static List<Root> of(ConfigurableListableBeanFactory beanFactory) {
		List<Root> roots = new ArrayList<>();
		BeanFactory current = beanFactory;
		while (current instanceof ConfigurableListableBeanFactory listable) {
			addSingletons(listable, roots);
			addMadeByFactoryBeans(listable, roots);
			addScopes(listable, roots);
			current = listable.getParentBeanFactory();
		}
		return roots;
	}

	/**
	 * One that is being created would get a reference before its time, and is skipped.
	 */
	private static void addSingletons(ConfigurableListableBeanFactory beanFactory, List<Root> roots) {
		for (String name : beanFactory.getSingletonNames()) {
			Object bean = beanFactory.containsSingleton(name) ? beanFactory.getSingleton(name) : null;
			if (bean != null) {
				roots
					.add(new Root((bean instanceof FactoryBean) ? BeanFactory.FACTORY_BEAN_PREFIX + name : name, bean));
			}
		}
	}

	private static void addMadeByFactoryBeans(ConfigurableListableBeanFactory beanFactory, List<Root> roots) {
		Field field = ReflectionUtils.findField(beanFactory.getClass(), MADE_BY_FACTORY_BEANS, Map.class);
		if (field != null && field.trySetAccessible()
				&& ReflectionUtils.getField(field, beanFactory) instanceof Map<?, ?> beans) {
			beans.forEach((name, bean) -> roots.add(new Root(name.toString(), bean)));
		}
	}

	private static void addScopes(ConfigurableListableBeanFactory beanFactory, List<Root> roots) {
		for (String name : beanFactory.getRegisteredScopeNames()) {
			Scope scope = beanFactory.getRegisteredScope(name);
			if (scope != null) {
				roots.add(new Root(name, scope));
			}
		}
	}

}
