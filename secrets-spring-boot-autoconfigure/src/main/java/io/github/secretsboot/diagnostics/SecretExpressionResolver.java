package io.github.secretsboot.diagnostics;

import java.util.Set;

import io.github.secretsboot.refresh.SecretsEngine;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.BeanExpressionContext;
import org.springframework.beans.factory.config.BeanExpressionResolver;
import org.springframework.context.expression.StandardBeanExpressionResolver;

/**
 * Takes a value of a secret that looks like an expression for the text that it is, and
 * evaluates expressions that hold the value of a secret without a trace. Spring's own
 * resolver keeps every text that it has ever seen, expression or not, as the key of a
 * cache, and quotes it when it does not parse.
 */
class SecretExpressionResolver implements BeanExpressionResolver {

	private final BeanExpressionResolver delegate;

	private final @Nullable ClassLoader classLoader;

	private final SecretsEngine engine;

	private final DerivedValues derived;

	private final boolean standard;

	SecretExpressionResolver(BeanExpressionResolver delegate, @Nullable ClassLoader classLoader, SecretsEngine engine,
			DerivedValues derived) {
		this.delegate = delegate;
		this.classLoader = classLoader;
		this.engine = engine;
		this.derived = derived;
		this.standard = delegate.getClass() == StandardBeanExpressionResolver.class;
	}

	@Override
	public @Nullable Object evaluate(@Nullable String text, BeanExpressionContext context) {
		if (text == null
				|| (this.standard && !text.contains(StandardBeanExpressionResolver.DEFAULT_EXPRESSION_PREFIX))) {
			return text;
		}
		if (this.standard && isLiteral(text)) {
			return text;
		}
		Set<String> properties = this.engine.state().properties().quotedIn(text);
		return properties.isEmpty() ? this.delegate.evaluate(text, context) : evaluate(text, properties, context);
	}

	/** Whether secrets, and not the application, brought the expression in. */
	private boolean isLiteral(String text) {
		return !this.engine.state()
			.properties()
			.withoutExpressionValues(text)
			.contains(StandardBeanExpressionResolver.DEFAULT_EXPRESSION_PREFIX);
	}

	private @Nullable Object evaluate(String text, Set<String> properties, BeanExpressionContext context) {
		try {
			BeanExpressionResolver resolver = this.standard ? new StandardBeanExpressionResolver(this.classLoader)
					: this.delegate;
			Object result = resolver.evaluate(text, context);
			this.derived.add(result);
			return result;
		}
		catch (RuntimeException ex) {
			throw new SecretExpressionException(properties);
		}
	}

}
