package io.github.secretsboot.diagnostics;

import io.github.secretsboot.Secrets;
import io.github.secretsboot.env.SecretsInTests;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanCreationException;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.util.PlaceholderResolutionException;

/**
 * Reports that something is missing because secrets are turned off, by the application or
 * because a test does not ask for them.
 */
class SecretsOffFailureAnalyzer implements FailureAnalyzer, Ordered {

	private static final String IN_TESTS = """
			Give the test a secret, with secrets-spring-boot-test:
			    @WithSecretsManager(secrets = @Secret(name = "…", value = "{\\"…\\": \\"…\\"}"))
			or give the property a value, as in @SpringBootTest(properties = "…").
			To load secrets from AWS, set secrets.enabled=true.""";

	private final Environment environment;

	SecretsOffFailureAnalyzer(Environment environment) {
		this.environment = environment;
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public @Nullable FailureAnalysis analyze(Throwable failure) {
		boolean test = this.environment instanceof ConfigurableEnvironment configurable
				&& SecretsInTests.areTurnedOff(configurable);
		if (!test && this.environment.getProperty("secrets.enabled", Boolean.class, true)) {
			return null;
		}
		String missing = missing(failure);
		return (missing == null) ? null
				: new FailureAnalysis(
						missing + (test ? ", and secrets are not loaded in a test that does not ask for them."
								: ", and secrets are not loaded because secrets.enabled is false."),
						test ? IN_TESTS : "If a secret should supply it, remove secrets.enabled=false.", failure);
	}

	private static @Nullable String missing(Throwable failure) {
		String bean = "";
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof BeanCreationException creation && creation.getBeanName() != null) {
				bean = " of bean '" + creation.getBeanName() + "'";
			}
			if (cause instanceof PlaceholderResolutionException unresolved) {
				return "The placeholder ${" + unresolved.getPlaceholder() + "}" + bean + " has no value";
			}
			if (cause instanceof NoSuchBeanDefinitionException noBean && noBean.getBeanType() == Secrets.class) {
				return "There is no bean of type " + Secrets.class.getName();
			}
		}
		return null;
	}

}
