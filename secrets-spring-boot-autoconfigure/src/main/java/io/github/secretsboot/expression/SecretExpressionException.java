package io.github.secretsboot.expression;

import java.util.Set;

import org.springframework.beans.factory.BeanExpressionException;

/**
 * Takes the place of what a failed expression was caused by, where that may quote a value
 * of a secret.
 */
class SecretExpressionException extends BeanExpressionException implements SecretInjectionFailure {

	private static final long serialVersionUID = 1L;

	private static final String REASON = "the expression that it is part of cannot be evaluated";

	private final transient Set<String> propertyNames;

	SecretExpressionException(Set<String> propertyNames) {
		super("An expression that contains " + String.join(", ", propertyNames)
				+ " cannot be evaluated; it is not shown because that comes from a secret");
		this.propertyNames = propertyNames;
	}

	@Override
	public Set<String> getPropertyNames() {
		return this.propertyNames;
	}

	@Override
	public String getReason() {
		return REASON;
	}

}
