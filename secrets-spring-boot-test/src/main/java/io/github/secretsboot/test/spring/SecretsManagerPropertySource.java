package io.github.secretsboot.test.spring;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.secretsboot.test.SecretsManagerServer;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;

/**
 * The properties that point an application to its test's server.
 */
final class SecretsManagerPropertySource extends MapPropertySource {

	private static final String NAME = "secretsManagerServer";

	/**
	 * The name under which Spring Test adds inlined properties; a copy, because Spring
	 * Test need not be there.
	 */
	private static final String INLINED_TEST_PROPERTIES = "Inlined Test Properties";

	private final SecretsManagerServer server;

	private SecretsManagerPropertySource(SecretsManagerServer server) {
		super(NAME, properties(server));
		this.server = server;
	}

	private static Map<String, Object> properties(SecretsManagerServer server) {
		Map<String, Object> properties = new LinkedHashMap<>(server.springProperties());
		// Tests that share a context refresh as often as they like: calls cost nothing
		properties.put("secrets.refresh.requests-per-hour", Integer.MAX_VALUE);
		return properties;
	}

	static boolean isTest(ConfigurableEnvironment environment) {
		return environment.getPropertySources().contains(INLINED_TEST_PROPERTIES);
	}

	/**
	 * Add the properties above everything but inlined test properties.
	 */
	static void add(SecretsManagerServer server, ConfigurableEnvironment environment) {
		MutablePropertySources sources = environment.getPropertySources();
		SecretsManagerPropertySource source = new SecretsManagerPropertySource(server);
		if (isTest(environment)) {
			sources.addAfter(INLINED_TEST_PROPERTIES, source);
		}
		else {
			sources.addFirst(source);
		}
	}

	static @Nullable SecretsManagerServer findServer(ConfigurableEnvironment environment) {
		return (environment.getPropertySources().get(NAME) instanceof SecretsManagerPropertySource source)
				? source.server : null;
	}

}
