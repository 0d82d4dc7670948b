package io.github.secretsboot.redact;

import java.lang.reflect.Field;
import java.util.Set;

import io.github.secretsboot.env.SecretsPropertySource;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.beans.factory.config.DependencyDescriptor;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.expression.StandardBeanExpressionResolver;
import org.springframework.core.MethodParameter;
import org.springframework.core.convert.TypeDescriptor;

/**
 * Finds out which secrets a member is made of that {@code @Value} injects into, by
 * resolving its placeholders once more. Only asked when something went wrong.
 */
public final class InjectedSecrets {

	private final ConfigurableBeanFactory beanFactory;

	private final SecretsPropertySource secrets;

	/**
	 * Create a finder.
	 * @param beanFactory injects
	 * @param secrets the property source of the secrets
	 */
	public InjectedSecrets(ConfigurableBeanFactory beanFactory, SecretsPropertySource secrets) {
		this.beanFactory = beanFactory;
		this.secrets = secrets;
	}

	/**
	 * The properties of secrets that the placeholders of a member stand for.
	 * @param member a {@link Field}, a {@link MethodParameter} or a
	 * {@link TypeDescriptor} of either
	 * @return the names
	 */
	public Set<String> in(@Nullable Object member) {
		String text = text(member);
		return (text != null)
				? Lookups.during(() -> this.beanFactory.resolveEmbeddedValue(text), this.secrets).properties()
				: Set.of();
	}

	/**
	 * Whether an expression makes the value of a member, which may take it from anywhere.
	 * @param member a {@link Field}, a {@link MethodParameter} or a
	 * {@link TypeDescriptor} of either
	 * @return {@code true} if one does
	 */
	public boolean isExpression(@Nullable Object member) {
		String text = text(member);
		return text != null && text.contains(StandardBeanExpressionResolver.DEFAULT_EXPRESSION_PREFIX);
	}

	private @Nullable String text(@Nullable Object member) {
		DependencyDescriptor descriptor = descriptor(member);
		return (descriptor != null && this.beanFactory instanceof DefaultListableBeanFactory factory
				&& factory.getAutowireCandidateResolver().getSuggestedValue(descriptor) instanceof String text) ? text
						: null;
	}

	private static @Nullable DependencyDescriptor descriptor(@Nullable Object member) {
		if (member instanceof TypeDescriptor type) {
			return descriptor(type.getSource());
		}
		if (member instanceof Field field) {
			return new DependencyDescriptor(field, false);
		}
		return (member instanceof MethodParameter parameter) ? new DependencyDescriptor(parameter, false) : null;
	}

}
