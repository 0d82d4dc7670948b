package io.github.secretsboot.test.spring;

import io.github.secretsboot.test.SecretsManagerServer;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.bootstrap.ConfigurableBootstrapContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Starts the server of the annotated test whose context is being loaded, before anything
 * else looks for secrets, or adds the properties of one that a
 * {@link LocalSecretsManager} has started. For all other applications it does nothing.
 */
final class SecretsManagerEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

	private final ConfigurableBootstrapContext bootstrapContext;

	SecretsManagerEnvironmentPostProcessor(ConfigurableBootstrapContext bootstrapContext) {
		this.bootstrapContext = bootstrapContext;
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		LocalServerRunListener.addProperties(this.bootstrapContext, environment);
		// Not for an application that a test runs itself
		if (!SecretsManagerPropertySource.isTest(environment)) {
			return;
		}
		SecretsManagerServer server = LoadingTest.startServer();
		if (server != null) {
			SecretsManagerPropertySource.add(server, environment);
		}
	}

}
