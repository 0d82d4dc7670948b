package io.github.secretsboot.test.spring;

import io.github.secretsboot.test.SecretsManagerServer;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

/**
 * Says whose context is being loaded, and resets the server before each test. Goes first,
 * because any other listener may load the context.
 */
final class SecretsManagerTestExecutionListener implements TestExecutionListener, Ordered {

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public void beforeTestClass(TestContext testContext) {
		// Left open for parameters of constructors and of methods that run before all
		// tests
		LoadingTest.enter(ServerSpec.of(testContext.getTestClass()));
	}

	@Override
	public void prepareTestInstance(TestContext testContext) {
		ApplicationContext context = load(testContext);
		if (context != null) {
			context.getBean(TestInstances.class).add(testContext.getTestInstance());
		}
	}

	@Override
	public void beforeTestMethod(TestContext testContext) {
		// Loads only where the test before it dirtied the context
		ApplicationContext context = load(testContext);
		if (context != null) {
			SecretsManagerServer server = context.getBean(SecretsManagerServer.class);
			server.heal();
			server.resetCalls();
		}
	}

	@Override
	public void afterTestClass(TestContext testContext) {
		LoadingTest.leave();
	}

	private static @Nullable ApplicationContext load(TestContext testContext) {
		ServerSpec spec = ServerSpec.of(testContext.getTestClass());
		LoadingTest.enter(spec);
		try {
			return (spec != null) ? testContext.getApplicationContext() : null;
		}
		finally {
			LoadingTest.leave();
		}
	}

}
