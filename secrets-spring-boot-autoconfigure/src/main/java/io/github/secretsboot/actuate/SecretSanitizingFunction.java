package io.github.secretsboot.actuate;

import io.github.secretsboot.env.SecretsPropertySource;

import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;

/**
 * Masks values of secrets in Boot's own endpoints, whatever {@code show-values} says, and
 * also where a placeholder carried them into another property.
 */
public class SecretSanitizingFunction implements SanitizingFunction {

	private final SecretsPropertySource secrets;

	/**
	 * Create a function.
	 * @param secrets holds the values to mask
	 */
	public SecretSanitizingFunction(SecretsPropertySource secrets) {
		this.secrets = secrets;
	}

	@Override
	public SanitizableData apply(SanitizableData data) {
		Object value = data.getValue();
		boolean secret = data.getPropertySource() == this.secrets
				|| (value != null && this.secrets.getSource().state().properties().isQuotedIn(value.toString()));
		return secret ? data.withSanitizedValue() : data;
	}

}
