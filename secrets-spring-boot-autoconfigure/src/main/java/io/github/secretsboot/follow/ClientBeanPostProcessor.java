package io.github.secretsboot.follow;

import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.aop.scope.ScopedObject;
import org.springframework.beans.factory.config.DestructionAwareBeanPostProcessor;
import org.springframework.core.Ordered;

/**
 * Has the clients of one technology followed when they have been configured and not yet
 * been used, until they are destroyed.
 *
 * @param <C> the type of the beans
 */
public final class ClientBeanPostProcessor<C> implements DestructionAwareBeanPostProcessor, Ordered {

	private final Class<C> type;

	private final Hook<C> hook;

	private final Map<Object, Collection<? extends Followed<?>>> followed = Collections
		.synchronizedMap(new IdentityHashMap<>());

	/**
	 * Create a post-processor.
	 * @param type the type of the beans
	 * @param hook follows one bean
	 */
	public ClientBeanPostProcessor(Class<C> type, Hook<C> hook) {
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
		// Asking a scoped proxy for anything would create its target, which comes by
		// itself
		if (this.type.isInstance(bean) && !(bean instanceof ScopedObject)) {
			Collection<? extends Followed<?>> followed = this.hook.follow(beanName, this.type.cast(bean));
			if (!followed.isEmpty()) {
				this.followed.put(bean, List.copyOf(followed));
			}
		}
		return bean;
	}

	@Override
	public boolean requiresDestruction(Object bean) {
		return this.followed.containsKey(bean);
	}

	@Override
	public void postProcessBeforeDestruction(Object bean, String beanName) {
		Collection<? extends Followed<?>> followed = this.followed.remove(bean);
		if (followed != null) {
			followed.forEach(Followed::close);
		}
	}

	/**
	 * Knows the clients of one technology.
	 *
	 * @param <C> the type of the beans
	 */
	@FunctionalInterface
	public interface Hook<C> {

		/**
		 * Have a bean follow the secrets that it was made of, if any.
		 * @param beanName the name of the bean
		 * @param bean the bean
		 * @return what follows now
		 */
		Collection<? extends Followed<?>> follow(String beanName, C bean);

	}

}
