package io.github.secretsboot.cloud;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.secretsboot.Secrets;
import io.github.secretsboot.SecretsRotatedEvent;
import io.github.secretsboot.env.SecretsPropertySource;
import io.github.secretsboot.env.TestApplication;
import io.github.secretsboot.refresh.SecretsEngine;
import io.github.secretsboot.test.Operation;
import io.github.secretsboot.test.SecretsManagerServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.cloud.context.config.annotation.RefreshScope;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.cloud.context.refresh.ContextRefresher;
import org.springframework.cloud.context.scope.refresh.RefreshScopeRefreshedEvent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.PropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests an application that has Spring Cloud Context.
 */
class SpringCloudTests {

	private static final String NAME = "myapp/api-keys";

	private final SecretsManagerServer server = SecretsManagerServer.start();

	@BeforeEach
	void createSecrets() {
		Scoped.created.set(0);
		this.server.create(NAME, Map.of("STRIPE_SECRET_KEY", "canary-1"));
		this.server.create("myapp/other", Map.of("OTHER_KEY", "canary-1"));
	}

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	@Test
	void whenContextIsRefreshedThenChangedKeysAreReportedAndValuesAreNew() {
		try (ConfigurableApplicationContext context = run()) {
			ContextRefresher refresher = context.getBean(ContextRefresher.class);
			this.server.rotate(NAME, Map.of("STRIPE_SECRET_KEY", "canary-2"));
			assertThat(refresher.refresh()).contains("STRIPE_SECRET_KEY");
			assertThat(context.getBean(Recorder.class).field).isEqualTo("canary-2");
			assertThat(context.getBean(Scoped.class).value()).isEqualTo("canary-2");
			assertThat(context.getEnvironment().getProperty("stripe.secret-key")).isEqualTo("canary-2");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "refresh-scope", "environment-change" })
	void whenContextIsRefreshedThenScopeIsRefreshedOnceAndChangeIsPublishedOnce(String mode) {
		try (ConfigurableApplicationContext context = run("--secrets.refresh.spring-cloud=" + mode)) {
			this.server.rotate(NAME, Map.of("STRIPE_SECRET_KEY", "canary-2"));
			context.getBean(ContextRefresher.class).refresh();
			Recorder recorder = context.getBean(Recorder.class);
			assertThat(recorder.scopeRefreshes).hasValue(1);
			assertThat(recorder.environmentChanges).hasSize(1);
			assertThat(recorder.rotated).hasSize(1);
		}
	}

	@Test
	void whenNothingRotatedThenContextRefreshReportsNothing() {
		try (ConfigurableApplicationContext context = run()) {
			assertThat(context.getBean(ContextRefresher.class).refresh()).isEmpty();
			assertThat(context.getBean(Recorder.class).rotated).isEmpty();
		}
	}

	@Test
	void whenContextIsRefreshedThenEngineAndPropertySourceStayAndLaterRotationsArrive() {
		try (ConfigurableApplicationContext context = run()) {
			PropertySource<?> live = secrets(context);
			List<String> order = names(context);
			SecretsEngine engine = context.getBean(SecretsEngine.class);
			for (int i = 2; i < 6; i++) {
				this.server.rotate(NAME, Map.of("STRIPE_SECRET_KEY", "canary-" + i));
				assertThat(context.getBean(ContextRefresher.class).refresh()).contains("STRIPE_SECRET_KEY");
				assertThat(secrets(context)).isSameAs(live);
				assertThat(live.getSource()).isSameAs(engine);
				assertThat(names(context)).isEqualTo(order);
			}
			this.server.rotate(NAME, Map.of("STRIPE_SECRET_KEY", "canary-last"));
			assertThat(context.getBean(Secrets.class).refresh().changes()).hasSize(1);
			assertThat(context.getBean(Recorder.class).field).isEqualTo("canary-last");
			assertThat(context.getBean(Recorder.class).rotated).hasSize(5);
		}
	}

	@Test
	void whenContextIsRefreshedThenSecretsAreReadOnce() {
		try (ConfigurableApplicationContext context = run("--secrets.fetch.batch=never")) {
			this.server.resetCalls();
			context.getBean(ContextRefresher.class).refresh();
			assertThat(this.server.calls(Operation.GET_SECRET_VALUE)).isEqualTo(2);
			assertThat(this.server.calls()).isEqualTo(2);
		}
	}

	@Test
	void whenAwsFailsThenContextRefreshKeepsTheValues() {
		try (ConfigurableApplicationContext context = run()) {
			this.server.deny(NAME);
			assertThat(context.getBean(ContextRefresher.class).refresh()).isEmpty();
			assertThat(context.getEnvironment().getProperty("stripe.secret-key")).isEqualTo("canary-1");
		}
	}

	@Test
	void whenContextIsRefreshedTooOftenThenSecretsAreLeftAlone() {
		try (ConfigurableApplicationContext context = run("--secrets.refresh.requests-per-hour=1")) {
			ContextRefresher refresher = context.getBean(ContextRefresher.class);
			refresher.refresh();
			this.server.rotate(NAME, Map.of("STRIPE_SECRET_KEY", "canary-2"));
			this.server.resetCalls();
			assertThat(refresher.refresh()).isEmpty();
			assertThat(this.server.calls()).isZero();
		}
	}

	@Test
	void whenContextIsRefreshedThenNoSecretDecidesWhichConfigFilesAreRead(@TempDir Path directory) throws Exception {
		Files.writeString(directory.resolve("evil.properties"), "from=evil");
		try (ConfigurableApplicationContext context = run("--app.key=${stripe.secret-key}",
				"--spring.config.import=optional:" + directory.toUri() + "${imported.file:none}.properties")) {
			this.server.rotate(NAME, Map.of("STRIPE_SECRET_KEY", "canary-2", "imported.file", "evil"));
			assertThat(context.getBean(ContextRefresher.class).refresh()).contains("STRIPE_SECRET_KEY");
			assertThat(context.getEnvironment().getProperty("imported.file")).isEqualTo("evil");
			context.getBean(ContextRefresher.class).refresh();
			assertThat(context.getEnvironment().getProperty("from")).isNull();
			assertThat(context.getEnvironment().getProperty("app.key")).isEqualTo("canary-2");
		}
	}

	@Test
	void whenSecretsRotateThenRefreshScopeIsRefreshedOncePerPass() {
		try (ConfigurableApplicationContext context = run()) {
			Scoped scoped = context.getBean(Scoped.class);
			assertThat(scoped.value()).isEqualTo("canary-1");
			this.server.rotate(NAME, Map.of("STRIPE_SECRET_KEY", "canary-2"));
			this.server.rotate("myapp/other", Map.of("OTHER_KEY", "canary-2"));
			assertThat(context.getBean(Secrets.class).refresh().changes()).hasSize(2);
			Recorder recorder = context.getBean(Recorder.class);
			assertThat(recorder.scopeRefreshes).hasValue(1);
			assertThat(recorder.rotated).hasSize(1);
			assertThat(recorder.environmentChanges).isEmpty();
			assertThat(scoped.value()).isEqualTo("canary-2");
			assertThat(Scoped.created).hasValue(2);
		}
	}

	@Test
	void whenNothingChangedThenRefreshScopeIsLeftAlone() {
		try (ConfigurableApplicationContext context = run()) {
			context.getBean(Scoped.class).value();
			this.server.rotate(NAME, Map.of("STRIPE_SECRET_KEY", "canary-1"));
			assertThat(context.getBean(Secrets.class).refresh().changes()).isEmpty();
			assertThat(context.getBean(Recorder.class).scopeRefreshes).hasValue(0);
			assertThat(Scoped.created).hasValue(1);
		}
	}

	@Test
	void whenModeIsNoneThenRefreshScopeIsLeftAlone() {
		try (ConfigurableApplicationContext context = run("--secrets.refresh.spring-cloud=none")) {
			this.server.rotate(NAME, Map.of("STRIPE_SECRET_KEY", "canary-2"));
			context.getBean(Secrets.class).refresh();
			Recorder recorder = context.getBean(Recorder.class);
			assertThat(recorder.scopeRefreshes).hasValue(0);
			assertThat(recorder.environmentChanges).isEmpty();
			assertThat(recorder.field).isEqualTo("canary-2");
		}
	}

	@Test
	void whenModeIsEnvironmentChangeThenTheEventNamesWhatChanged() {
		try (ConfigurableApplicationContext context = run("--secrets.refresh.spring-cloud=environment-change")) {
			this.server.rotate(NAME, Map.of("STRIPE_SECRET_KEY", "canary-2"));
			context.getBean(Secrets.class).refresh();
			Recorder recorder = context.getBean(Recorder.class);
			assertThat(recorder.environmentChanges).containsExactly(Set.of("STRIPE_SECRET_KEY"));
			assertThat(recorder.scopeRefreshes).hasValue(1);
		}
	}

	private ConfigurableApplicationContext run(String... arguments) {
		return TestApplication.builder(Beans.class)
			.properties("secrets.sources=" + NAME + ",myapp/other")
			.run(this.server.arguments(arguments));
	}

	private static PropertySource<?> secrets(ConfigurableApplicationContext context) {
		return context.getEnvironment().getPropertySources().get(SecretsPropertySource.NAME);
	}

	private static List<String> names(ConfigurableApplicationContext context) {
		return context.getEnvironment()
			.getPropertySources()
			.stream()
			.map(PropertySource::getName)
			.filter((name) -> !name.equals("refreshArgs"))
			.toList();
	}

	@Configuration(proxyBeanMethods = false)
	@Import({ Recorder.class, Scoped.class })
	static class Beans {

	}

	static class Recorder {

		final List<SecretsRotatedEvent> rotated = new ArrayList<>();

		final List<Set<String>> environmentChanges = new ArrayList<>();

		final AtomicInteger scopeRefreshes = new AtomicInteger();

		@Value("${stripe.secret-key}")
		String field;

		@EventListener
		void onRotated(SecretsRotatedEvent event) {
			this.rotated.add(event);
		}

		@EventListener
		void onEnvironmentChange(EnvironmentChangeEvent event) {
			this.environmentChanges.add(event.getKeys());
		}

		@EventListener(RefreshScopeRefreshedEvent.class)
		void onScopeRefreshed() {
			this.scopeRefreshes.incrementAndGet();
		}

	}

	@RefreshScope
	static class Scoped {

		static final AtomicInteger created = new AtomicInteger();

		private final String value;

		Scoped(@Value("${stripe.secret-key}") String value) {
			this.value = value;
			created.incrementAndGet();
		}

		String value() {
			return this.value;
		}

	}

}
