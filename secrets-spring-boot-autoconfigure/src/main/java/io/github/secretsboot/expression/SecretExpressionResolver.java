package io.github.secretsboot.expression;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.github.secretsboot.env.SecretsPropertySource;
import io.github.secretsboot.env.SecretsPropertySource.Observation;
import io.github.secretsboot.properties.Property;
import io.github.secretsboot.properties.PropertyIndex;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanCreationException;
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

	private final SecretsPropertySource secrets;

	private final DerivedValues derived;

	private final ThreadLocal<@Nullable Map<String, @Nullable Object>> parameters = new ThreadLocal<>();

	/**
	 * Create a resolver.
	 * @param delegate evaluates
	 * @param standard whether that is Spring's own resolver as it comes
	 * @param origins knows where the values of secrets are in a text
	 * @param secrets what an expression may ask for values
	 * @param derived is told what is made of them
	 */
	SecretExpressionResolver(BeanExpressionResolver delegate, boolean standard, TextOrigins origins,
			SecretsPropertySource secrets, DerivedValues derived) {
		this.delegate = delegate;
		this.standard = standard;
		this.origins = origins;
		this.secrets = secrets;
		this.derived = derived;
	}

	@Override
	public @Nullable Object evaluate(@Nullable String text, BeanExpressionContext context) {
		if (text == null || isLiteral(text)) {
			return text;
		}
		MarkedText marked = this.origins.mark(text);
		return isLiteral(marked.text()) ? text : evaluate(marked, context);
	}

	private boolean isLiteral(String text) {
		return this.standard && !text.contains(PREFIX);
	}

	private @Nullable Object evaluate(MarkedText marked, BeanExpressionContext context) {
		Set<String> properties = new TreeSet<>(marked.propertyNames());
		PropertyIndex index = this.secrets.state().properties();
		try (Observation observation = this.secrets.observe((name) -> addIfFound(name, index, properties))) {
			Object result = evaluate(ExpressionBinder.bind(marked), context);
			Object value = (result instanceof String text) ? marked.marks().replaceIn(text) : result;
			if (!properties.isEmpty()) {
				this.derived.add(value);
			}
			return value;
		}
		catch (RuntimeException ex) {
			if (properties.isEmpty() || (!marked.hasMarks() && isAboutABean(ex))) {
				throw ex;
			}
			throw new SecretExpressionException(properties);
		}
	}

	private static void addIfFound(String name, PropertyIndex index, Set<String> properties) {
		Property property = index.find(name);
		if (property != null) {
			properties.add(property.name());
		}
	}

	/** A bean that the expression refers to has asked for what it needs itself. */
	private static boolean isAboutABean(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof BeanCreationException) {
				return true;
			}
		}
		return false;
	}

	private @Nullable Object evaluate(BoundText bound, BeanExpressionContext context) {
		if (bound.parameters().isEmpty()) {
			return this.delegate.evaluate(bound.text(), context);
		}
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
