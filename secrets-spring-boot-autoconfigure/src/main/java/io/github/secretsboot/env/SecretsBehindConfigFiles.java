package io.github.secretsboot.env;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;

/**
 * Puts secrets out of sight while config files are read again. Spring Cloud's
 * {@code ContextRefresher} runs all post-processors on a copy of the environment that has
 * the live secrets. When the application starts there are none as long as config files
 * are read; if there were, a secret could decide what is imported, and from where.
 * {@link SecretsEnvironmentPostProcessor} puts them back.
 */
class SecretsBehindConfigFiles implements EnvironmentPostProcessor, Ordered {

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		MutablePropertySources sources = environment.getPropertySources();
		if (sources.get(SecretsPropertySource.NAME) instanceof SecretsPropertySource live
				&& !live.isWatching(environment)) {
			sources.replace(SecretsPropertySource.NAME, new HiddenSecrets(live));
		}
	}

	/**
	 * The live secrets of an environment that config files are read for again, visible
	 * from now on.
	 */
	static @Nullable SecretsPropertySource reveal(ConfigurableEnvironment environment) {
		MutablePropertySources sources = environment.getPropertySources();
		PropertySource<?> source = sources.get(SecretsPropertySource.NAME);
		if (source instanceof HiddenSecrets hidden) {
			sources.replace(SecretsPropertySource.NAME, hidden.getSource());
			return hidden.getSource();
		}
		return (source instanceof SecretsPropertySource live) ? live : null;
	}

	private static final class HiddenSecrets extends PropertySource<SecretsPropertySource> {

		HiddenSecrets(SecretsPropertySource secrets) {
			super(SecretsPropertySource.NAME, secrets);
		}

		@Override
		public @Nullable Object getProperty(String name) {
			return null;
		}

	}

}
