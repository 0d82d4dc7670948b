package io.github.secretsboot.test.spring;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.beans.factory.config.DependencyDescriptor;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ReflectionUtils;

/**
 * The instances of test classes that a context has been injected into. After a rotation
 * their {@code @Value} fields get the new values, as those of beans do. Told on the
 * thread that refreshes, of which a test sees the result when its refresh returns.
 */
final class TestInstances implements ApplicationListener<PayloadApplicationEvent<?>> {

	/**
	 * The name of the event; its class need not be there.
	 */
	private static final String ROTATED = "io.github.secretsboot.SecretsRotatedEvent";

	private final AutowireCapableBeanFactory beanFactory;

	private final Set<Object> instances = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

	TestInstances(AutowireCapableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	void add(Object instance) {
		this.instances.add(instance);
	}

	@Override
	public void onApplicationEvent(PayloadApplicationEvent<?> event) {
		if (event.getPayload().getClass().getName().equals(ROTATED)) {
			synchronized (this.instances) {
				this.instances.forEach(this::inject);
			}
		}
	}

	private void inject(Object instance) {
		ReflectionUtils.doWithFields(instance.getClass(), (field) -> {
			ReflectionUtils.makeAccessible(field);
			field.set(instance, this.beanFactory.resolveDependency(new DependencyDescriptor(field, true), null));
		}, TestInstances::isInjected);
	}

	private static boolean isInjected(Field field) {
		return !Modifier.isStatic(field.getModifiers()) && AnnotatedElementUtils.hasAnnotation(field, Value.class);
	}

}
