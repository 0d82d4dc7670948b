package io.github.secretsboot.diagnostics;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Takes the place of Boot's own analysis of a binding failure where the offending value
 * comes from a secret: Boot's prints the value.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class SecretBindFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
		if (!(cause.getCause() instanceof SecretBindException failure)) {
			return null;
		}
		ConfigurationProperty property = cause.getProperty();
		String origin = (property != null) ? "\n    Origin: " + property.getOrigin() : "";
		return new FailureAnalysis(cause.getMessage() + ":\n\n    Property: " + failure.getPropertyName()
				+ "\n    Value: not shown, it comes from a secret" + origin + "\n    Reason: " + failure.getMessage(),
				"Correct the content of the secret, or the type that it is bound to", cause);
	}

}
