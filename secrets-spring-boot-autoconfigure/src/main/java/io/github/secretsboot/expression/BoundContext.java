package io.github.secretsboot.expression;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.BeanExpressionContext;

/**
 * The root object of an expression with parameters, which finds them beside the beans.
 * Spring keeps one for as long as the bean factory exists, so they are not in it but on
 * the thread that evaluates.
 */
final class BoundContext extends BeanExpressionContext {

	private final ThreadLocal<@Nullable Map<String, @Nullable Object>> parameters;

	BoundContext(BeanExpressionContext context, ThreadLocal<@Nullable Map<String, @Nullable Object>> parameters) {
		super(context.getBeanFactory(), context.getScope());
		this.parameters = parameters;
	}

	@Override
	public boolean containsObject(String key) {
		return isParameter(key) || super.containsObject(key);
	}

	@Override
	public @Nullable Object getObject(String key) {
		return isParameter(key) ? this.parameters.get().get(key) : super.getObject(key);
	}

	private boolean isParameter(String key) {
		Map<String, @Nullable Object> current = this.parameters.get();
		return current != null && current.containsKey(key);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof BoundContext && super.equals(other);
	}

	@Override
	public int hashCode() {
		return 31 * super.hashCode();
	}

}
