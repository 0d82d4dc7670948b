package io.github.secretsboot.inject;

import java.lang.reflect.Executable;
import java.lang.reflect.Field;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.beans.factory.config.DependencyDescriptor;
import org.springframework.core.MethodParameter;

/**
 * One value that {@code @Value} injects. It is resolved the way the bean factory did it:
 * with placeholders, expressions and type conversion.
 */
final class ValueDependency {

	private final DependencyDescriptor descriptor;

	private ValueDependency(DependencyDescriptor descriptor, Class<?> beanClass) {
		descriptor.setContainingClass(beanClass);
		this.descriptor = descriptor;
	}

	static ValueDependency of(Field field, Class<?> beanClass) {
		return new ValueDependency(new DependencyDescriptor(field, true), beanClass);
	}

	static ValueDependency of(Executable executable, int index, Class<?> beanClass) {
		return new ValueDependency(new DependencyDescriptor(MethodParameter.forExecutable(executable, index), true),
				beanClass);
	}

	@Nullable Object resolve(AutowireCapableBeanFactory beanFactory, String beanName) {
		return beanFactory.resolveDependency(this.descriptor, beanName);
	}

}
