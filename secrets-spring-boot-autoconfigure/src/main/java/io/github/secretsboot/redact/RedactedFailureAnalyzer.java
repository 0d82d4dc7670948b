package io.github.secretsboot.redact;

import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Reports a failed start without the value of a secret that it was about. Goes before
 * Boot's own analyses, which print values, and takes the place of Boot's stack trace
 * where a message in it may quote one.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class RedactedFailureAnalyzer implements FailureAnalyzer {

	private static final String ACTION = "Correct the content of the secret, or what it is used for";

	private final FailureOrigins origins;

	/**
	 * Create an analyzer.
	 * @param environment the environment, or {@code null} if the start fails before there
	 * is a context
	 */
	RedactedFailureAnalyzer(@Nullable Environment environment) {
		this.origins = new FailureOrigins(environment);
	}

	@Override
	public @Nullable FailureAnalysis analyze(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof BindException bind && bind.getCause() instanceof SecretBindException secret) {
				return new FailureAnalysis(describe(bind, secret), ACTION, bind);
			}
		}
		Set<String> secrets = this.origins.find(failure);
		return secrets.isEmpty() ? null
				: new FailureAnalysis(describe(failure, secrets), ACTION, new SilencedException(failure));
	}

	private String describe(BindException bind, SecretBindException secret) {
		ConfigurationProperty property = bind.getProperty();
		return bind.getMessage() + ":\n\n    Property: " + secret.getName()
				+ "\n    Value: not shown, it comes from a secret"
				+ ((property != null) ? "\n    Origin: " + property.getOrigin() : "") + "\n    Secret properties: "
				+ String.join(", ", secret.getPropertyNames()) + "\n    Reason: " + secret.getMessage();
	}

	private String describe(Throwable failure, Set<String> secrets) {
		StringBuilder description = new StringBuilder(
				"The start failed with a message that may quote a secret, and is therefore not shown:\n\n"
						+ "    Secret properties: " + String.join(", ", secrets));
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			description.append("\n    Thrown: ").append(cause.getClass().getName());
			Stream.of(cause.getStackTrace()).limit(1).forEach((frame) -> description.append(" at ").append(frame));
		}
		return description.toString();
	}

}
