package io.github.secretsboot.env;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.boot.context.properties.bind.BindableRuntimeHintsRegistrar;

/**
 * Hints for binding {@link SecretsProperties} before the application context exists.
 */
class SecretsRuntimeHints implements RuntimeHintsRegistrar {

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		BindableRuntimeHintsRegistrar.forTypes(SecretsProperties.class).registerHints(hints, classLoader);
		// The short form of a source is converted by calling the constructor
		hints.reflection().registerType(SecretsProperties.Source.class, MemberCategory.INVOKE_DECLARED_CONSTRUCTORS);
	}

}
