package io.github.secretsboot.docs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.github.secretsboot.SecretsLoadException;
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
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests what the page about moving from Spring Cloud AWS says of both: that they mean the
 * same, can be used at once, and differ where it says so.
 */
class MigrationTests {

	private static final Page PAGE = Pages.page("docs/how-to/migrate-from-spring-cloud-aws.md");

	private static final String NAME = "/myapp/experiments";

	private static final List<String> IMPORT = List.of("--spring.config.import=aws-secretsmanager:" + NAME);

	private static final List<String> OPTIONAL_IMPORT = List
		.of("--spring.config.import=optional:aws-secretsmanager:" + NAME);

	private static final List<String> SOURCE = List.of("--secrets.sources[0]=" + NAME);

	private static final List<String> OPTIONAL_SOURCE = List.of("--secrets.sources[0].name=" + NAME,
			"--secrets.sources[0].optional=true");

	@Test
	void whenMovedThenPropertiesAreTheSame() throws IOException {
		String[] keys = { "keys.STRIPE_SECRET_KEY", "EXPERIMENT" };
		assertThat(run(block("before"), MigrationTests::fill, keys)).containsExactly("canary-key", "canary-experiment");
		assertThat(run(block("after"), MigrationTests::fill, keys)).containsExactly("canary-key", "canary-experiment");
	}

	@Test
	void whenOnlySomeAreMovedThenAllAreThere() throws IOException {
		List<String> both = new ArrayList<>(block("before"));
		both.add("--secrets.sources[0]=/myapp/moved");
		assertThat(run(both, MigrationTests::fill, "EXPERIMENT", "moved")).containsExactly("canary-experiment",
				"canary-moved");
	}

	private static void fill(SecretsManagerServer server) {
		server.create("/myapp/api-keys", Map.of("STRIPE_SECRET_KEY", "canary-key"));
		server.create(NAME, Map.of("EXPERIMENT", "canary-experiment"));
		server.create("/myapp/moved", "canary-moved");
	}

	@Test
	void whenNestedOrWrittenLikeAnEnvironmentVariableThenOnlySourcesHaveIt() {
		Consumer<SecretsManagerServer> secret = (server) -> server.create(NAME,
				Map.of("STRIPE_SECRET_KEY", "canary-key", "nested", Map.of("key", "canary-nested")));
		String[] keys = { "nested.key", "stripe.secret-key", "STRIPE_SECRET_KEY" };
		assertThat(run(IMPORT, secret, keys)).containsExactly(null, null, "canary-key");
		assertThat(run(SOURCE, secret, keys)).containsExactly("canary-nested", "canary-key", "canary-key");
	}

	@Test
	void whenJsonIsBrokenThenImportTakesItForTextAndSourcesRefuse() {
		Consumer<SecretsManagerServer> secret = (server) -> server.create(NAME, "{\"EXPERIMENT\":\"canary-1\"");
		assertThat(run(IMPORT, secret, "EXPERIMENT", "experiments")).containsExactly(null,
				"{\"EXPERIMENT\":\"canary-1\"");
		assertThatExceptionOfType(SecretsLoadException.class).isThrownBy(() -> run(SOURCE, secret));
	}

	@Test
	void whenOptionalAndDeniedThenImportForgivesAndSourcesDoNot() {
		Consumer<SecretsManagerServer> secret = (server) -> server.deny(NAME);
		assertThat(run(OPTIONAL_IMPORT, secret, "EXPERIMENT")).containsOnlyNulls();
		assertThatExceptionOfType(SecretsLoadException.class).isThrownBy(() -> run(OPTIONAL_SOURCE, secret));
	}

	/**
	 * Run an application.
	 * @return its values of the keys
	 */
	private static List<String> run(List<String> arguments, Consumer<SecretsManagerServer> secrets, String... keys) {
		try (SecretsManagerServer server = SecretsManagerServer.start()) {
			secrets.accept(server);
			SpringApplication application = new SpringApplication(Application.class);
			application.setWebApplicationType(WebApplicationType.NONE);
			try (ConfigurableApplicationContext context = application
				.run(server.arguments(arguments.toArray(String[]::new)))) {
				List<String> values = new ArrayList<>();
				Arrays.stream(keys).map(context.getEnvironment()::getProperty).forEach(values::add);
				return values;
			}
		}
	}

	/** A block of the page as arguments. */
	private static List<String> block(String comment) throws IOException {
		List<String> arguments = new ArrayList<>();
		for (PropertySource<?> source : new YamlPropertySourceLoader().load(comment,
				new ByteArrayResource(PAGE.blockAfter(comment).text().getBytes(StandardCharsets.UTF_8)))) {
			for (String key : ((EnumerablePropertySource<?>) source).getPropertyNames()) {
				arguments.add("--" + key + "=" + source.getProperty(key));
			}
		}
		return arguments;
	}

	@EnableAutoConfiguration
	static class Application {

	}

}
