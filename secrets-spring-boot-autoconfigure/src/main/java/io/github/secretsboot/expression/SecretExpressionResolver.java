package io.github.secretsboot.expression;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.BeanExpressionContext;
import org.springframework.beans.factory.config.BeanExpressionResolver;
import org.springframework.context.expression.StandardBeanExpressionResolver;

/**
 * Evaluates the expressions of the application and none of a secret. The resolver that it
 * delegates to is given no value: neither to parse, nor to keep in its cache, nor to
 * quote when it fails.
 */
final class SecretExpressionResolver implements BeanExpressionResolver {

	/** What expressions begin with, unless somebody has changed that. */
	static final String PREFIX = StandardBeanExpressionResolver.DEFAULT_EXPRESSION_PREFIX;

	private final BeanExpressionResolver delegate;

	private final boolean standard;

	private final TextOrigins origins;

	private final DerivedValues derived;

	private final ThreadLocal<@Nullable Map<String, @Nullable Object>> parameters = new ThreadLocal<>();

	/**
	 * Create a resolver.
	 * @param delegate evaluates
	 * @param standard whether that is Spring's own resolver as it comes
	 * @param origins knows where the values of secrets are in a text
	 * @param derived is told what is made of them
	 */
	SecretExpressionResolver(BeanExpressionResolver delegate, boolean standard, TextOrigins origins,
			DerivedValues derived) {
		this.delegate = delegate;
		this.standard = standard;
		this.origins = origins;
		this.derived = derived;
	}

	@Override
	public @Nullable Object evaluate(@Nullable String text, BeanExpressionContext context) {
		if (text == null || isLiteral(text)) {
			return text;
		}
		MarkedText marked = this.origins.mark(text);
		if (isLiteral(marked.text())) {
			return text;
		}
		// Not the text itself, which may be of a former version
		return marked.hasMarks() ? evaluate(marked, context) : this.delegate.evaluate(marked.text(), context);
	}

	private boolean isLiteral(String text) {
		return this.standard && !text.contains(PREFIX);
	}

	private @Nullable Object evaluate(MarkedText marked, BeanExpressionContext context) {
		try {
			Object result = evaluate(ExpressionBinder.bind(marked), context);
			Object value = (result instanceof String text) ? marked.marks().replaceIn(text) : result;
			this.derived.add(value);
			return value;
		}
		catch (RuntimeException ex) {
			throw new SecretExpressionException(marked.propertyNames());
		}
	}

	private @Nullable Object evaluate(BoundText bound, BeanExpressionContext context) {
		Map<String, @Nullable Object> outer = this.parameters.get();
		this.parameters.set(bound.parameters());
		try {
			return this.delegate.evaluate(bound.text(), new BoundContext(context, this.parameters));
		}
		finally {
			if (outer != null) {
				this.parameters.set(outer);
			}
			else {
				this.parameters.remove();
			}
		}
	}

}
