package io.github.secretsboot.clients;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import io.github.secretsboot.follow.Followers;
import io.github.secretsboot.follow.Technology;
import io.github.secretsboot.test.SecretsManagerServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.DefaultResourceLoader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Starts applications where each client is there, and where it is not.
 */
class AbsentClientTests {

	private final SecretsManagerServer server = SecretsManagerServer.start();

	@BeforeEach
	void create() {
		this.server.create("some", "canary-value");
	}

	@AfterEach
	void close() {
		this.server.close();
	}

	private ConfigurableApplicationContext run(String... absent) {
		return run(new FilteredClassLoader(absent));
	}

	private ConfigurableApplicationContext run(ClassLoader classLoader) {
		SpringApplicationBuilder application = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.resourceLoader(new DefaultResourceLoader(classLoader));
		return application.run(this.server.arguments("--secrets.sources=some"));
	}

	static Stream<Arguments> absentClients() {
		return Stream.of(Arguments.of(Technology.MAIL, new String[] { "org.springframework.mail", "jakarta.mail" }),
				Arguments.of(Technology.REDIS,
						new String[] { "org.springframework.data.redis",
								"org.springframework.boot.data.redis.autoconfigure" }),
				Arguments.of(Technology.RABBIT,
						new String[] { "org.springframework.amqp", "org.springframework.boot.amqp", "com.rabbitmq" }),
				Arguments.of(Technology.HIKARI, new String[] { "com.zaxxer.hikari" }),
				Arguments.of(Technology.TOMCAT_JDBC, new String[] { "org.apache.tomcat.jdbc" }),
				Arguments.of(Technology.DBCP2, new String[] { "org.apache.commons.dbcp2" }),
				Arguments.of(Technology.R2DBC, new String[] { "io.r2dbc" }),
				Arguments.of(Technology.KAFKA,
						new String[] { "org.springframework.kafka", "org.apache.kafka",
								"org.springframework.boot.kafka" }),
				Arguments.of(Technology.SECURITY,
						new String[] { "org.springframework.security", "org.springframework.boot.security" }));
	}

	@ParameterizedTest
	@MethodSource("absentClients")
	void whenClientIsAbsentThenApplicationStartsWithoutItsFollower(Technology technology, String[] packages) {
		RecordingClassLoader classLoader = new RecordingClassLoader(packages);
		try (ConfigurableApplicationContext context = run(classLoader)) {
			assertThat(context.getBeansOfType(Followers.class)).hasSize(1);
			assertThat(followerBeans(context, technology)).isEmpty();
			assertThat(classLoader.loaded).noneMatch((name) -> name.startsWith(packageOf(technology)))
				.anyMatch((name) -> name.startsWith("io.github.secretsboot.follow."));
			Arrays.stream(Technology.values())
				.filter((other) -> other != technology)
				.forEach((other) -> assertThat(followerBeans(context, other)).isNotEmpty());
		}
	}

	@ParameterizedTest
	@MethodSource("absentClients")
	void whenExcludedThenApplicationStartsWithoutItsFollower(Technology technology, String[] packages) {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.run(this.server.arguments("--secrets.sources=some", "--secrets.follow.exclude=" + technology.id()))) {
			assertThat(followerBeans(context, technology)).isEmpty();
		}
	}

	@Test
	void whenOnlyTheUsersOfSpringSecurityArePresentThenApplicationStarts() {
		try (ConfigurableApplicationContext context = run("org.springframework.security.oauth2",
				"org.springframework.boot.security.oauth2", "reactor")) {
			assertThat(followerBeans(context, Technology.SECURITY)).isNotEmpty();
		}
	}

	@Test
	void whenOneOfTwoClientsOfRedisIsAbsentThenApplicationStarts() {
		for (String absent : new String[] { "redis.clients", "io.lettuce" }) {
			try (ConfigurableApplicationContext context = run(absent)) {
				assertThat(followerBeans(context, Technology.REDIS)).isNotEmpty();
			}
		}
	}

	private static Stream<String> followerBeans(ConfigurableApplicationContext context, Technology technology) {
		return Arrays.stream(context.getBeanDefinitionNames()).filter((name) -> name.startsWith(packageOf(technology)));
	}

	private static String packageOf(Technology technology) {
		return "io.github.secretsboot.follow." + technology.id().replace("-", "") + ".";
	}

	@EnableAutoConfiguration
	static class Application {

	}

	/**
	 * Remembers which classes the application context asks for.
	 */
	private static final class RecordingClassLoader extends FilteredClassLoader {

		private final Set<String> loaded = ConcurrentHashMap.newKeySet();

		RecordingClassLoader(String... absent) {
			super(absent);
		}

		@Override
		protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
			Class<?> loaded = super.loadClass(name, resolve);
			this.loaded.add(name);
			return loaded;
		}

	}

}
