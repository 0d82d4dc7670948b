package io.github.secretsboot.env;

import io.github.secretsboot.test.SecretsManagerServer;

import org.springframework.boot.Banner;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * Runs applications as their users do: with {@code SpringApplication} and all
 * auto-configurations, against a {@link SecretsManagerServer}.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class TestApplication {

	/**
	 * Let loggers speak again: an application that is abandoned before it logs leaves
	 * them silent for the rest of the JVM.
	 */
	public static void restoreLogging() {
		LoggingSystem.get(TestApplication.class.getClassLoader()).cleanUp();
	}

	/**
	 * Start to build an application without a web server.
	 * @param beans more configurations
	 * @return the builder
	 */
	public static SpringApplicationBuilder builder(Class<?>... beans) {
		return new SpringApplicationBuilder(TestApplication.class).sources(beans)
			.web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.logStartupInfo(false)
			.registerShutdownHook(false);
	}

	/**
	 * Run an application without beans of its own.
	 * @param server where its secrets are
	 * @param arguments the command line
	 * @return the context, to be closed
	 */
	public static ConfigurableApplicationContext run(SecretsManagerServer server, String... arguments) {
		return builder().run(server.arguments(arguments));
	}

	/**
	 * Run an application.
	 * @param server where its secrets are
	 * @param beans its configuration
	 * @param arguments the command line
	 * @return the context, to be closed
	 */
	public static ConfigurableApplicationContext run(SecretsManagerServer server, Class<?> beans, String... arguments) {
		return builder(beans).run(server.arguments(arguments));
	}

	/**
	 * No beans at all: for contexts that need a configuration.
	 */
	@Configuration(proxyBeanMethods = false)
	public static class NoBeans {

	}

}
