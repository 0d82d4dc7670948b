package io.github.secretsboot.inject;

import java.lang.reflect.Executable;
import java.lang.reflect.Field;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.beans.factory.config.DependencyDescriptor;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
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

	/**
	 * What {@code @Value} says, if a placeholder in it is left as it is: an application
	 * may have that ignored.
	 */
	@Nullable String unresolvedText(AutowireCapableBeanFactory beanFactory) {
		if (beanFactory instanceof DefaultListableBeanFactory factory
				&& factory.getAutowireCandidateResolver().getSuggestedValue(this.descriptor) instanceof String text) {
			String resolved = factory.resolveEmbeddedValue(text);
			return (resolved != null && resolved.contains("${")) ? text : null;
		}
		return null;
	}

}
