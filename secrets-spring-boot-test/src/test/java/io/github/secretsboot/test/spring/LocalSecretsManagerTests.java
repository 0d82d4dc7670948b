package io.github.secretsboot.test.spring;

import java.util.concurrent.atomic.AtomicReference;

import io.github.secretsboot.test.SecretsManagerServer;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for applications that run with a Secrets Manager of their own.
 */
class LocalSecretsManagerTests {

	private static final AtomicReference<ConfigurableApplicationContext> started = new AtomicReference<>();

	private final AtomicReference<SecretsManagerServer> server = new AtomicReference<>();

	@Test
	void whenRunThenServerIsUpFilledAndInTheEnvironmentAndEndsWithTheApplication() {
		local().run(Application::main, "--some.argument=here");
		SecretsManagerServer server = this.server.get();
		try (ConfigurableApplicationContext context = started.get()) {
			assertThat(context.getBean(SecretsManagerServer.class)).isSameAs(server);
			assertThat(context.getEnvironment().getProperty("spring.cloud.aws.endpoint"))
				.isEqualTo(server.endpoint().toString());
			assertThat(context.getEnvironment().getProperty("spring.cloud.aws.region.static")).isEqualTo("eu-west-1");
			assertThat(context.getEnvironment().getProperty("some.argument")).isEqualTo("here");
			assertThat(server.find("a", "AWSCURRENT")).isPresent();
		}
		assertPortIsFree(server);
	}

	@Test
	void whenApplicationFailsThenServerEnds() {
		assertThatThrownBy(() -> local().run(FailingApplication::main)).hasStackTraceContaining("Told to fail");
		assertPortIsFree(this.server.get());
	}

	@Test
	void whenApplicationHasAParentThenThereIsOneServer() {
		local().run(ParentAndChild::main);
		try (ConfigurableApplicationContext context = started.get()) {
			assertThat(context.getBean(SecretsManagerServer.class)).isSameAs(this.server.get());
			context.close();
			((ConfigurableApplicationContext) context.getParent()).close();
		}
		assertPortIsFree(this.server.get());
	}

	@Test
	void whenContentFailsThenApplicationDoesNotStart() {
		assertThatIllegalStateException()
			.isThrownBy(() -> local().with((server) -> server.rotate("b", "canary-b")).run(Application::main))
			.withMessageStartingWith("ResourceNotFoundException");
		assertPortIsFree(this.server.get());
	}

	private LocalSecretsManager local() {
		return LocalSecretsManager.on(0)
			.customize((server) -> server.region("eu-west-1"))
			.with(this.server::set)
			.with((server) -> server.create("a", "canary-a"));
	}

	private static void assertPortIsFree(SecretsManagerServer server) {
		try (SecretsManagerServer next = SecretsManagerServer.builder().port(server.endpoint().getPort()).start()) {
			assertThat(next.endpoint()).isEqualTo(server.endpoint());
		}
	}

	private static SpringApplication application(Class<?> source) {
		SpringApplication application = new SpringApplication(source);
		application.setWebApplicationType(WebApplicationType.NONE);
		return application;
	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

		static void main(String[] args) {
			started.set(application(Application.class).run(args));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class FailingApplication {

		static void main(String[] args) {
			application(FailingApplication.class).run(args);
		}

		@Bean
		String failure() {
			throw new IllegalStateException("Told to fail");
		}

	}

	static class ParentAndChild {

		static void main(String[] args) {
			started.set(new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
				.child(Application.class)
				.run(args));
		}

	}

}
