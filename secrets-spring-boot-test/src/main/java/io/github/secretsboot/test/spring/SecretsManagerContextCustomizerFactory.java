package io.github.secretsboot.test.spring;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;

/**
 * Customizes the contexts of annotated tests.
 */
final class SecretsManagerContextCustomizerFactory implements ContextCustomizerFactory {

	@Override
	public @Nullable ContextCustomizer createContextCustomizer(Class<?> testClass,
			List<ContextConfigurationAttributes> configAttributes) {
		ServerSpec spec = ServerSpec.of(testClass);
		return (spec != null) ? new SecretsManagerContextCustomizer(spec) : null;
	}

}
