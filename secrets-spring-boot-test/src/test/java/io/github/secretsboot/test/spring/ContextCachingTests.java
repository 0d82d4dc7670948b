package io.github.secretsboot.test.spring;

import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

import io.github.secretsboot.test.SecretsManagerServer;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.bootstrap.DefaultBootstrapContext;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestContextManager;
import org.springframework.test.context.support.TestPropertySourceUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Which test classes share a context and a server, and how long a server lives.
 */
class ContextCachingTests {

	@Test
	void whenSameAttributesThenSharedServer() throws Exception {
		assertThat(server(load(First.class))).isSameAs(server(load(SameAsFirst.class)));
	}

	@Test
	void whenOtherSecretsThenOtherServer() throws Exception {
		SecretsManagerServer first = server(load(First.class));
		SecretsManagerServer second = server(load(Second.class));
		assertThat(second).isNotSameAs(first);
		assertThat(first.arn("first")).isNotNull();
		assertThat(second.arn("second")).isNotNull();
	}

	@Test
	void whenNotAnnotatedThenNoServer() throws Exception {
		server(load(First.class));
		TestContext plain = load(Plain.class);
		ApplicationContext context = plain.getApplicationContext();
		assertThat(context.getBeanNamesForType(SecretsManagerServer.class)).isEmpty();
		assertThat(context.getEnvironment().getProperty("endpoint-seen")).isEqualTo("none");
	}

	@Test
	void whenContextIsClosedThenServerIsClosed() throws Exception {
		TestContext test = load(First.class);
		SecretsManagerServer server = server(test);
		assertThat(status(server)).isEqualTo(400);
		test.markApplicationContextDirty(null);
		assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> status(server));
	}

	@Test
	void whenContextFailsEarlyThenServerIsClosed() {
		int before = servers();
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> load(FailsEarly.class))
			.withStackTraceContaining("Failed early");
		await().atMost(Duration.ofSeconds(10)).until(() -> servers() <= before);
	}

	@Test
	void whenContextFailsLateThenServerIsClosed() {
		int before = servers();
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> load(FailsLate.class))
			.withStackTraceContaining("Failed late");
		await().atMost(Duration.ofSeconds(10)).until(() -> servers() <= before);
	}

	@Test
	void whenPostProcessedOutsideOfALoadingTestThenNothingHappens() {
		StandardEnvironment environment = new StandardEnvironment();
		TestPropertySourceUtils.addInlinedPropertiesToEnvironment(environment, "some=property");
		new SecretsManagerEnvironmentPostProcessor(new DefaultBootstrapContext()).postProcessEnvironment(environment,
				new SpringApplication());
		assertThat(environment.getProperty("spring.cloud.aws.endpoint")).isNull();
	}

	@Test
	void whenAnotherApplicationIsPostProcessedThenNothingHappens() {
		StandardEnvironment environment = new StandardEnvironment();
		LoadingTest.enter(ServerSpec.of(First.class));
		try {
			new SecretsManagerEnvironmentPostProcessor(new DefaultBootstrapContext())
				.postProcessEnvironment(environment, new SpringApplication());
		}
		finally {
			LoadingTest.leave();
		}
		assertThat(environment.getProperty("spring.cloud.aws.endpoint")).isNull();
	}

	@Test
	void whenWithoutSpringBootThenServerAndProperties() throws Exception {
		ApplicationContext context = load(WithoutBoot.class).getApplicationContext();
		assertThat(context.getEnvironment().getProperty("spring.cloud.aws.endpoint"))
			.isEqualTo(context.getBean(SecretsManagerServer.class).endpoint().toString());
	}

	@Test
	void whenCacheKeyIsPrintedThenNoValue() {
		assertThat(String
			.valueOf(new SecretsManagerContextCustomizerFactory().createContextCustomizer(First.class, List.of())))
			.contains("first")
			.doesNotContain("canary");
	}

	private static TestContext load(Class<?> testClass) throws Exception {
		TestContextManager manager = new TestContextManager(testClass);
		manager.beforeTestClass();
		try {
			manager.prepareTestInstance(testClass.getDeclaredConstructor().newInstance());
		}
		finally {
			manager.afterTestClass();
		}
		return manager.getTestContext();
	}

	private static SecretsManagerServer server(TestContext test) {
		return test.getApplicationContext().getBean(SecretsManagerServer.class);
	}

	private static int status(SecretsManagerServer server) throws Exception {
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(server.endpoint()).build(), HttpResponse.BodyHandlers.discarding())
			.statusCode();
	}

	private static int servers() {
		return (int) Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("HTTP-Dispatcher"))
			.count();
	}

	@SpringBootTest(classes = WithSecretsManagerTests.App.class)
	@WithSecretsManager(secrets = @Secret(name = "first", value = "canary-1"))
	static class First {

	}

	@SpringBootTest(classes = WithSecretsManagerTests.App.class)
	@WithSecretsManager(secrets = @Secret(name = "first", value = "canary-1"))
	static class SameAsFirst {

	}

	@SpringBootTest(classes = WithSecretsManagerTests.App.class)
	@WithSecretsManager(secrets = @Secret(name = "second", value = "canary-2"))
	static class Second {

	}

	@SpringBootTest(classes = WithSecretsManagerTests.App.class)
	static class Plain {

	}

	@SpringBootTest(classes = WithSecretsManagerTests.App.class, properties = "test.fail-early=true")
	@WithSecretsManager(region = "eu-south-1")
	static class FailsEarly {

	}

	@SpringBootTest(classes = FailingConfiguration.class)
	@WithSecretsManager(region = "eu-south-2")
	static class FailsLate {

	}

	@Configuration(proxyBeanMethods = false)
	static class FailingConfiguration {

		@Bean
		String failing() {
			throw new IllegalStateException("Failed late");
		}

	}

	@ContextConfiguration(classes = NoBoot.class)
	@WithSecretsManager
	static class WithoutBoot {

	}

	@Configuration(proxyBeanMethods = false)
	static class NoBoot {

	}

}
