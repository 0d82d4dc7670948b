package io.github.secretsboot.test.spring;

import java.lang.reflect.Method;

import io.github.secretsboot.test.SecretsManagerServer;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;

import org.springframework.beans.factory.annotation.ParameterResolutionDelegate;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * Gives test methods the server of their context.
 */
final class SecretsManagerTestExtension implements TestInstancePreConstructCallback, ParameterResolver {

	/**
	 * A constructor's parameters may load the context before any listener is told, in
	 * another thread than that of the class where tests run in parallel.
	 */
	@Override
	public void preConstructTestInstance(TestInstanceFactoryContext factoryContext, ExtensionContext context) {
		LoadingTest.enter(ServerSpec.of(context.getRequiredTestClass()));
	}

	@Override
	public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext rootContext) {
		return ExtensionContextScope.TEST_METHOD;
	}

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		return parameter.getParameter().getType() == SecretsManagerServer.class
				&& parameter.getDeclaringExecutable() instanceof Method && !isForSpring(parameter);
	}

	private static boolean isForSpring(ParameterContext parameter) {
		return ParameterResolutionDelegate.isAutowirable(parameter.getParameter(), parameter.getIndex());
	}

	@Override
	public SecretsManagerServer resolveParameter(ParameterContext parameter, ExtensionContext context) {
		return SpringExtension.getApplicationContext(context).getBean(SecretsManagerServer.class);
	}

}
