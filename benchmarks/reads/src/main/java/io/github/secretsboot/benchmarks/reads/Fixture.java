package io.github.secretsboot.benchmarks.reads;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.secretsboot.test.SecretsManagerServer;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * A server with secrets, and applications that have loaded them one way or the other.
 */
class Fixture implements AutoCloseable {

	/** Number of secrets that there are. */
	static final int SECRETS = 50;

	private final SecretsManagerServer server = SecretsManagerServer.start();

	Fixture() {
		for (int i = 0; i < SECRETS; i++) {
			this.server.create(secretName(i), content(i));
		}
	}

	static String secretName(int index) {
		return "benchmark/production/secret-" + index;
	}

	static Map<String, String> content(int index) {
		return Map.of("service-" + index + ".user-name", "user-" + index, "service-" + index + ".password",
				"correct-horse-battery-" + index, "SECRET_" + index + "_PASSWORD", "correct-horse-staple-" + index);
	}

	SecretsManagerServer server() {
		return this.server;
	}

	/**
	 * Start an application.
	 * @param kind {@code ours}, {@code map} for one map with equal content or
	 * {@code incumbent}
	 * @param secrets how many secrets it loads
	 * @return its context
	 */
	ConfigurableApplicationContext start(String kind, int secrets) {
		return switch (kind) {
			case "ours" -> run("--secrets.sources=" + names(secrets, ","));
			case "map" -> withMap(run(), secrets);
			case "incumbent" -> run("--spring.config.import=aws-secretsmanager:" + names(secrets, ";"));
			default -> throw new IllegalArgumentException(kind);
		};
	}

	private ConfigurableApplicationContext run(String... arguments) {
		SpringApplication application = new SpringApplication(EmptyApplication.class);
		application.setLogStartupInfo(false);
		return application.run(this.server.arguments(arguments));
	}

	private ConfigurableApplicationContext withMap(ConfigurableApplicationContext context, int secrets) {
		Map<String, Object> properties = new LinkedHashMap<>();
		IntStream.range(0, secrets).forEach((i) -> properties.putAll(content(i)));
		context.getEnvironment()
			.getPropertySources()
			.addAfter(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
					new MapPropertySource("secrets", properties));
		return context;
	}

	private static String names(int secrets, String separator) {
		return IntStream.range(0, secrets).mapToObj(Fixture::secretName).collect(Collectors.joining(separator));
	}

	@Override
	public void close() {
		this.server.close();
	}

	/**
	 * An application that does nothing.
	 */
	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class EmptyApplication {

	}

}
