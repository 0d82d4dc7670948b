package io.github.secretsboot.actuate;

import io.github.secretsboot.env.SecretsPropertySource;
import io.github.secretsboot.redact.BoundSecrets;
import io.github.secretsboot.redact.Lookups;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;

/**
 * Masks whatever is made of secrets in Boot's own endpoints, whatever {@code show-values}
 * says: properties of secrets, properties with placeholders for them, what either has
 * been bound to, and any other text that holds a value.
 */
public class SecretSanitizingFunction implements SanitizingFunction {

	private final SecretsPropertySource secrets;

	private final BoundSecrets boundSecrets;

	private final Environment environment;

	/**
	 * Create a function.
	 * @param secrets holds the values to mask
	 * @param boundSecrets knows what they have been bound to
	 * @param environment resolves placeholders
	 */
	public SecretSanitizingFunction(SecretsPropertySource secrets, BoundSecrets boundSecrets, Environment environment) {
		this.secrets = secrets;
		this.boundSecrets = boundSecrets;
		this.environment = environment;
	}

	@Override
	public SanitizableData apply(SanitizableData data) {
		return (isMadeOfSecret(data) || quotesSecret(data.getValue())) ? data.withSanitizedValue() : data;
	}

	private boolean isMadeOfSecret(SanitizableData data) {
		PropertySource<?> source = data.getPropertySource();
		return source == this.secrets || (source != null && asksForSecret(source.getProperty(data.getKey())))
				|| this.boundSecrets.mayBeIn(data.getKey(), source != null);
	}

	private boolean asksForSecret(@Nullable Object value) {
		return value instanceof CharSequence text
				&& !Lookups.during(() -> this.environment.resolvePlaceholders(text.toString()), this.secrets)
					.properties()
					.isEmpty();
	}

	/** In addition: a value may have come by a way that nobody watches. */
	private boolean quotesSecret(@Nullable Object value) {
		return value != null && this.secrets.getSource().state().properties().isQuotedIn(value.toString());
	}

}
