package io.github.secretsboot.env;

import java.util.List;
import java.util.Map;

import org.apache.commons.logging.Log;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;

/**
 * Turns secrets off in the tests that Spring Boot runs an application for, such as
 * {@code @SpringBootTest} and slices, unless one asks for them: a test that does not care
 * must not need AWS, or reach out to it. Those that set {@code secrets.enabled} decide
 * themselves, and those that configure an endpoint, as {@code @WithSecretsManager} does,
 * have something else than AWS to talk to.
 */
public final class SecretsInTests {

	private static final String PROPERTY_SOURCE = "secretsInTests";

	/**
	 * Where Spring Boot's tests have their properties; a copy, because Spring Test need
	 * not be there.
	 */
	private static final String INLINED_TEST_PROPERTIES = "Inlined Test Properties";

	private static final List<String> ENDPOINTS = List.of("spring.cloud.aws.endpoint",
			"spring.cloud.aws.secretsmanager.endpoint", "aws.endpointUrl", "aws.endpointUrlSecretsManager",
			"AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_SECRETS_MANAGER");

	private static final ConfigurationPropertyName SOURCES = ConfigurationPropertyName.of("secrets.sources");

	private SecretsInTests() {
	}

	/**
	 * Turn secrets off if this is a test that has some and does not ask for them.
	 */
	static void turnOffUnlessAskedFor(ConfigurableEnvironment environment, Log log) {
		if (environment.getPropertySources().contains(INLINED_TEST_PROPERTIES)
				&& !environment.containsProperty(SecretsProperties.ENABLED)
				&& ENDPOINTS.stream().noneMatch(environment::containsProperty) && hasSources(environment)) {
			environment.getPropertySources()
				.addLast(new MapPropertySource(PROPERTY_SOURCE, Map.of(SecretsProperties.ENABLED, false)));
			log.info("Secrets are not loaded in this test. To load them, annotate it with @WithSecretsManager of"
					+ " secrets-spring-boot-test, configure an endpoint (spring.cloud.aws.endpoint), or set "
					+ SecretsProperties.ENABLED + "=true.");
		}
	}

	private static boolean hasSources(Environment environment) {
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			if (source.getConfigurationProperty(SOURCES) != null
					|| source.containsDescendantOf(SOURCES) == ConfigurationPropertyState.PRESENT) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Whether secrets have been turned off because a test does not ask for them.
	 * @param environment the environment
	 * @return {@code true} if they have
	 */
	public static boolean areTurnedOff(ConfigurableEnvironment environment) {
		return environment.getPropertySources().contains(PROPERTY_SOURCE);
	}

}
