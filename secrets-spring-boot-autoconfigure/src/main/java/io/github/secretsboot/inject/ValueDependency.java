package io.github.secretsboot.inject;

import java.lang.reflect.Executable;
import java.lang.reflect.Field;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.beans.factory.config.BeanExpressionContext;
import org.springframework.beans.factory.config.BeanExpressionResolver;
import org.springframework.beans.factory.config.DependencyDescriptor;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.core.MethodParameter;

/**
 * One value that {@code @Value} injects. It is resolved the way the bean factory did it:
 * with placeholders, expressions and type conversion.
 */
final class ValueDependency {

	private final DependencyDescriptor descriptor;

	private @Nullable String text;

	private ValueDependency(DependencyDescriptor descriptor, Class<?> beanClass, @Nullable String text) {
		descriptor.setContainingClass(beanClass);
		this.descriptor = descriptor;
		this.text = withoutExpression(text);
	}

	static ValueDependency of(Field field, @Nullable String text, Class<?> beanClass) {
		return new ValueDependency(new DependencyDescriptor(field, true), beanClass, text);
	}

	static ValueDependency of(Executable executable, int index, Class<?> beanClass) {
		return new ValueDependency(new DependencyDescriptor(MethodParameter.forExecutable(executable, index), true),
				beanClass, null);
	}

	@Nullable Object resolve(AutowireCapableBeanFactory beanFactory, String beanName) {
		if (this.descriptor.getDependencyType() == String.class
				&& beanFactory instanceof DefaultListableBeanFactory factory) {
			return resolveText(factory, beanName);
		}
		return beanFactory.resolveDependency(this.descriptor, beanName);
	}

	/**
	 * The same steps without the search for annotations and for the bean's definition,
	 * which take longer than the rest and find the same each time.
	 */
	private @Nullable Object resolveText(DefaultListableBeanFactory beanFactory, String beanName) {
		if (this.text == null) {
			this.text = withoutExpression(
					beanFactory.getAutowireCandidateResolver().getSuggestedValue(this.descriptor));
		}
		String resolved = (this.text != null) ? beanFactory.resolveEmbeddedValue(this.text) : null;
		if (resolved == null || resolved.contains("#{")) {
			return beanFactory.resolveDependency(this.descriptor, beanName);
		}
		BeanExpressionResolver expressions = beanFactory.getBeanExpressionResolver();
		Object result = (expressions != null)
				? expressions.evaluate(resolved, new BeanExpressionContext(beanFactory, null)) : resolved;
		return beanFactory.getTypeConverter().convertIfNecessary(result, String.class);
	}

	private static @Nullable String withoutExpression(@Nullable Object suggested) {
		return (suggested instanceof String text && !text.contains("#{")) ? text : null;
	}

}
