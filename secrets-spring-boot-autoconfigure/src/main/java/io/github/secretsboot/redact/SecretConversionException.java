package io.github.secretsboot.redact;

import java.util.Objects;
import java.util.Set;

import io.github.secretsboot.expression.SecretInjectionFailure;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.TypeMismatchException;

/**
 * Takes the place of a failed conversion whose message and value may be those of a
 * secret.
 */
class SecretConversionException extends TypeMismatchException implements SecretInjectionFailure {

	private static final long serialVersionUID = 1L;

	private static final String NOT_SHOWN = "(not shown, it comes from a secret)";

	private final transient Set<String> propertyNames;

	SecretConversionException(Set<String> propertyNames, @Nullable Class<?> requiredType) {
		super(NOT_SHOWN, requiredType);
		this.propertyNames = propertyNames;
	}

	@Override
	public String getMessage() {
		return super.getMessage() + "; the value is not shown because it comes from a secret";
	}

	@Override
	public Set<String> getPropertyNames() {
		return this.propertyNames;
	}

	@Override
	public String getReason() {
		return "failed to convert to " + Objects.requireNonNull(getRequiredType()).getTypeName();
	}

}
