package io.github.secretsboot.redact;

import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.ResolvableType;
import org.springframework.core.convert.ConversionException;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

/**
 * Takes the place of what a binding failed with, where a secret takes part in it.
 */
class SecretBindException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String name;

	private final @Nullable String field;

	private final transient Set<String> propertyNames;

	private SecretBindException(ConfigurationPropertyName name, Set<String> propertyNames, String reason,
			Exception silenced) {
		super(reason, new SilencedException(silenced));
		this.name = name.toString();
		this.field = invalidField(silenced);
		this.propertyNames = propertyNames;
	}

	static SecretBindException of(ConfigurationPropertyName name, ResolvableType type, Set<String> propertyNames,
			Exception ex) {
		return new SecretBindException(name, propertyNames, reason(type, ex), ex);
	}

	/** Made of nothing but names and of what is written in the application. */
	static String reason(ResolvableType type, Exception ex) {
		if (ex instanceof BindValidationException validation) {
			return "validation failed: " + validation.getValidationErrors()
				.getAllErrors()
				.stream()
				.map(SecretBindException::constraint)
				.distinct()
				.collect(Collectors.joining("; "));
		}
		if (ex instanceof UnboundConfigurationPropertiesException) {
			return String.valueOf(ex.getMessage());
		}
		return "failed to convert to " + type + ((ex instanceof ConversionException) ? ""
				: " (" + NestedExceptionUtils.getMostSpecificCause(ex).getClass().getName() + ")");
	}

	private static String constraint(ObjectError error) {
		return ((error instanceof FieldError field) ? field.getField() : "the object") + " does not satisfy "
				+ error.getCode();
	}

	/** The first field that is not valid, or {@code null} if it is something else. */
	static @Nullable String invalidField(Throwable ex) {
		return (ex instanceof BindValidationException validation) ? validation.getValidationErrors()
			.getAllErrors()
			.stream()
			.filter(FieldError.class::isInstance)
			.map((error) -> ((FieldError) error).getField())
			.findFirst()
			.orElse(null) : null;
	}

	/** Below the name, the first field that is not valid, if that is the problem. */
	@Nullable String getField() {
		return this.field;
	}

	/** The name that could not be bound. */
	String getName() {
		return this.name;
	}

	/** The properties of secrets that take part. */
	Set<String> getPropertyNames() {
		return this.propertyNames;
	}

}
