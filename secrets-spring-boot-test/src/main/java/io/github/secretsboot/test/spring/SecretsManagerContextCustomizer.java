package io.github.secretsboot.test.spring;

import io.github.secretsboot.test.SecretsManagerServer;

import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Gives the server to its context. Contexts are cached by what their tests want of the
 * server.
 *
 * @param spec what the test wants
 */
record SecretsManagerContextCustomizer(ServerSpec spec) implements ContextCustomizer {

	private static final String BEAN_NAME = "secretsManagerServer";

	@Override
	public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration mergedConfig) {
		SecretsManagerServer server = SecretsManagerPropertySource.findServer(context.getEnvironment());
		if (server == null) {
			// A test without Spring Boot
			server = this.spec.start();
			SecretsManagerPropertySource.add(server, context.getEnvironment());
		}
		context.getBeanFactory().registerSingleton(BEAN_NAME, server);
		context.getBeanFactory()
			.registerSingleton(TestInstances.class.getName(), new TestInstances(context.getBeanFactory()));
		// What is registered first is destroyed last: beans may call until then
		((DefaultSingletonBeanRegistry) context.getBeanFactory()).registerDisposableBean(BEAN_NAME, server::close);
		LoadingTest.owned(server);
	}

}
