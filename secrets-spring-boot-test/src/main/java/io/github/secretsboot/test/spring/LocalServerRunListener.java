package io.github.secretsboot.test.spring;

import java.time.Duration;
import java.util.function.Supplier;

import io.github.secretsboot.test.SecretsManagerServer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.boot.SpringApplicationRunListener;
import org.springframework.boot.bootstrap.BootstrapContext;
import org.springframework.boot.bootstrap.BootstrapRegistry.InstanceSupplier;
import org.springframework.boot.bootstrap.ConfigurableBootstrapContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Starts a server with an application and leaves it to the application's context. It is
 * called after Boot's own listeners, so that DevTools has begun its restart by then and
 * nothing is started twice.
 */
final class LocalServerRunListener implements SpringApplicationRunListener {

	private static final Log logger = LogFactory.getLog(LocalSecretsManager.class);

	private static final String BEAN_NAME = "secretsManagerServer";

	private final Supplier<SecretsManagerServer> starter;

	private @Nullable SecretsManagerServer server;

	LocalServerRunListener(Supplier<SecretsManagerServer> starter) {
		this.starter = starter;
	}

	/**
	 * Add the properties of the server that has been started with the application, if one
	 * has.
	 */
	static void addProperties(BootstrapContext bootstrapContext, ConfigurableEnvironment environment) {
		SecretsManagerServer server = bootstrapContext.getOrElse(SecretsManagerServer.class, null);
		if (server != null) {
			SecretsManagerPropertySource.add(server, environment);
		}
	}

	@Override
	public void starting(ConfigurableBootstrapContext bootstrapContext) {
		if (this.server != null) {
			// An application within the application: it belongs to the first one
			return;
		}
		SecretsManagerServer server = this.starter.get();
		this.server = server;
		bootstrapContext.register(SecretsManagerServer.class, InstanceSupplier.of(server));
		bootstrapContext.addCloseListener((event) -> own(event.getApplicationContext(), server));
	}

	private static void own(ConfigurableApplicationContext context, SecretsManagerServer server) {
		context.getBeanFactory().registerSingleton(BEAN_NAME, server);
		// What is registered first is destroyed last: beans may call until then
		((DefaultSingletonBeanRegistry) context.getBeanFactory()).registerDisposableBean(BEAN_NAME, server::close);
	}

	@Override
	public void ready(ConfigurableApplicationContext context, @Nullable Duration timeTaken) {
		if (this.server != null) {
			logger.info("Secrets Manager at %1$s: aws secretsmanager list-secrets --region %2$s --endpoint-url %1$s"
				.formatted(this.server.endpoint(), this.server.region()));
		}
	}

	@Override
	public void failed(@Nullable ConfigurableApplicationContext context, Throwable exception) {
		if (this.server != null) {
			this.server.close();
		}
	}

}
