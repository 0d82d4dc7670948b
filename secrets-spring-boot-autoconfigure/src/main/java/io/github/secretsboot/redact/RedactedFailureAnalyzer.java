package io.github.secretsboot.redact;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.github.secretsboot.env.SecretOrigin;
import io.github.secretsboot.env.SecretsPropertySource;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.util.PlaceholderResolutionException;

/**
 * Reports a failed start without the value of a secret that it was about. Goes before
 * Boot's own analyses, which print values, and takes the place of Boot's stack trace
 * where a message in it may quote one.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class RedactedFailureAnalyzer implements FailureAnalyzer {

	private static final String ACTION = "Correct the content of the secret, or what it is used for";

	private final @Nullable ConfigurableEnvironment environment;

	private final @Nullable SecretsPropertySource secrets;

	/**
	 * Create an analyzer.
	 * @param environment the environment, or {@code null} if the start fails before there
	 * is a context
	 */
	RedactedFailureAnalyzer(@Nullable Environment environment) {
		this.environment = (environment instanceof ConfigurableEnvironment configurable) ? configurable : null;
		this.secrets = (this.environment != null && this.environment.getPropertySources()
			.get(SecretsPropertySource.NAME) instanceof SecretsPropertySource source) ? source : null;
	}

	@Override
	public @Nullable FailureAnalysis analyze(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof BindException bind && bind.getCause() instanceof SecretBindException secret) {
				return new FailureAnalysis(describe(bind, secret), ACTION, bind);
			}
		}
		Set<String> secrets = secretsIn(failure);
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

	/** The properties of secrets that a failure is about, or quotes. */
	private Set<String> secretsIn(Throwable failure) {
		Set<String> found = new TreeSet<>();
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			properties(cause).filter((property) -> property.getOrigin() instanceof SecretOrigin)
				.forEach((property) -> found.add(property.getName().toString()));
			if (this.environment != null && this.secrets != null) {
				texts(cause)
					.map((text) -> Lookups.during(() -> this.environment.resolvePlaceholders(text), this.secrets))
					.forEach((lookups) -> found.addAll(lookups.properties()));
				found
					.addAll(this.secrets.getSource().state().properties().quotedIn(String.valueOf(cause.getMessage())));
			}
		}
		return found;
	}

	/** What has been resolved before it failed. */
	private static Stream<String> texts(Throwable cause) {
		if (cause instanceof InvalidConfigurationPropertyValueException invalid) {
			return Stream.of("${" + invalid.getName() + "}");
		}
		if (cause instanceof PlaceholderResolutionException placeholder) {
			boolean written = placeholder.getValues()
				.stream()
				.anyMatch((text) -> text.contains(placeholder.getPlaceholder()));
			return written ? Stream.empty() : placeholder.getValues().stream();
		}
		return properties(cause)
			.flatMap((property) -> Stream.of("${" + property.getName() + "}", String.valueOf(property.getValue())));
	}

	private static Stream<ConfigurationProperty> properties(Throwable cause) {
		if (cause instanceof BindException bind) {
			return Stream.ofNullable(bind.getProperty());
		}
		if (cause instanceof BindValidationException validation) {
			return validation.getValidationErrors().getBoundProperties().stream();
		}
		return (cause instanceof UnboundConfigurationPropertiesException unbound)
				? unbound.getUnboundProperties().stream() : Stream.empty();
	}

}
