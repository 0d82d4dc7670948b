package io.github.secretsboot.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.secretsboot.test.SecretsManagerServer;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that both sides of the page about moving from Spring Cloud AWS mean the same, and
 * that they can be used at once.
 */
class MigrationTests {

	private static final Page PAGE = Pages.page("docs/how-to/migrate-from-spring-cloud-aws.md");

	private static final String[] KEYS = { "keys.STRIPE_SECRET_KEY", "EXPERIMENT" };

	private final Map<String, String> before = configuration("before");

	private final Map<String, String> after = configuration("after");

	@Test
	void whenMovedThenPropertiesAreTheSame() {
		assertThat(properties(this.before)).isEqualTo(properties(this.after))
			.containsEntry("keys.STRIPE_SECRET_KEY", "canary-key")
			.containsEntry("EXPERIMENT", "canary-experiment");
	}

	@Test
	void whenOnlySomeAreMovedThenBothAreThere() {
		Map<String, String> both = new LinkedHashMap<>(this.before);
		both.put("secrets.sources[0]", "/myapp/moved");
		assertThat(properties(both, "moved")).containsEntry("keys.STRIPE_SECRET_KEY", "canary-key")
			.containsEntry("moved", "canary-moved");
	}

	private static Map<String, String> properties(Map<String, String> configuration, String... more) {
		try (SecretsManagerServer server = SecretsManagerServer.start()) {
			server.create("/myapp/api-keys", Map.of("STRIPE_SECRET_KEY", "canary-key"));
			server.create("/myapp/experiments", Map.of("EXPERIMENT", "canary-experiment"));
			server.create("/myapp/moved", "canary-moved");
			SpringApplication application = new SpringApplication(Application.class);
			application.setWebApplicationType(WebApplicationType.NONE);
			String[] arguments = configuration.entrySet()
				.stream()
				.map((property) -> "--" + property.getKey() + "=" + property.getValue())
				.toArray(String[]::new);
			try (ConfigurableApplicationContext context = application.run(server.arguments(arguments))) {
				Map<String, String> properties = new LinkedHashMap<>();
				for (String[] keys : new String[][] { KEYS, more }) {
					for (String key : keys) {
						properties.put(key, context.getEnvironment().getProperty(key));
					}
				}
				return properties;
			}
		}
	}

	private static Map<String, String> configuration(String comment) {
		Map<String, String> configuration = new LinkedHashMap<>();
		try {
			for (PropertySource<?> source : new YamlPropertySourceLoader().load(comment,
					new ByteArrayResource(PAGE.blockAfter(comment).text().getBytes(StandardCharsets.UTF_8)))) {
				for (String key : ((EnumerablePropertySource<?>) source).getPropertyNames()) {
					configuration.put(key, String.valueOf(source.getProperty(key)));
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return configuration;
	}

	@EnableAutoConfiguration
	static class Application {

	}

}
