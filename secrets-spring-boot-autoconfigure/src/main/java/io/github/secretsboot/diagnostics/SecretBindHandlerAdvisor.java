package io.github.secretsboot.diagnostics;

import java.util.Objects;
import java.util.stream.Collectors;

import io.github.secretsboot.env.SecretOrigin;
import io.github.secretsboot.refresh.SecretsEngine;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationPropertiesBindHandlerAdvisor;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.origin.Origin;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

/**
 * Keeps values of secrets out of the exceptions that binding
 * {@code @ConfigurationProperties} throws, and so out of every log that prints them.
 */
public class SecretBindHandlerAdvisor implements ConfigurationPropertiesBindHandlerAdvisor {

	private final SecretsEngine engine;

	/**
	 * Create an advisor.
	 * @param engine holds the values to keep out
	 */
	public SecretBindHandlerAdvisor(SecretsEngine engine) {
		this.engine = engine;
	}

	@Override
	public BindHandler apply(BindHandler bindHandler) {
		return new RedactingBindHandler(bindHandler, this.engine);
	}

	private static final class RedactingBindHandler extends AbstractBindHandler {

		private final SecretsEngine engine;

		RedactingBindHandler(BindHandler parent, SecretsEngine engine) {
			super(parent);
			this.engine = engine;
		}

		@Override
		public @Nullable Object onFailure(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
				Exception error) throws Exception {
			try {
				return super.onFailure(name, target, context, error);
			}
			catch (Exception ex) {
				throw (comesFromSecret(context.getConfigurationProperty()) || quotesSecret(ex))
						? new SecretBindException(name.toString(), "failed to convert to " + target.getType()) : ex;
			}
		}

		@Override
		public void onFinish(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
				@Nullable Object result) throws Exception {
			try {
				super.onFinish(name, target, context, result);
			}
			catch (BindValidationException ex) {
				throw quotesSecret(ex)
						? new SecretBindException(name.toString(), "validation failed: " + withoutValues(ex)) : ex;
			}
		}

		private boolean comesFromSecret(@Nullable ConfigurationProperty property) {
			Origin origin = (property != null) ? property.getOrigin() : null;
			return origin instanceof SecretOrigin;
		}

		/** Through a placeholder a value gets into properties of any origin. */
		private boolean quotesSecret(@Nullable Throwable thrown) {
			for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
				String message = cause.getMessage();
				if (message != null && this.engine.state().properties().isQuotedIn(message)) {
					return true;
				}
			}
			return false;
		}

		private String withoutValues(BindValidationException ex) {
			return ex.getValidationErrors()
				.getAllErrors()
				.stream()
				.map(this::withoutValue)
				.collect(Collectors.joining("; "));
		}

		private String withoutValue(ObjectError error) {
			String message = Objects.requireNonNullElse(error.getDefaultMessage(), "is invalid");
			String field = (error instanceof FieldError fieldError) ? fieldError.getField() + " " : "";
			return this.engine.state().properties().isQuotedIn(message) ? field + "is invalid" : field + message;
		}

	}

}
