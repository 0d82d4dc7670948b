package io.github.secretsboot.env;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationPropertiesBindHandlerAdvisor;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * Lets {@code @ConfigurationProperties} with nested objects whose names have a dash find
 * the keys of secrets. Their binder adapts the property sources for itself and asks each
 * for its names only once a binding.
 */
public class DashedNamesBindHandlerAdvisor implements ConfigurationPropertiesBindHandlerAdvisor {

	private final SecretsPropertySource secrets;

	/**
	 * Create an advisor.
	 * @param secrets the secrets to bind from
	 */
	public DashedNamesBindHandlerAdvisor(SecretsPropertySource secrets) {
		this.secrets = secrets;
	}

	@Override
	public BindHandler apply(BindHandler bindHandler) {
		return new AbstractBindHandler(bindHandler) {

			@Override
			public <T> @Nullable Bindable<T> onStart(ConfigurationPropertyName name, Bindable<T> target,
					BindContext context) {
				DashedNamesBindHandlerAdvisor.this.secrets.learn(name.toString(), context.getSources());
				return super.onStart(name, target, context);
			}

		};
	}

}
