package io.github.secretsboot.refresh;

import java.time.Duration;
import java.util.Map;

import io.github.secretsboot.SecretsRotatedEvent;
import io.github.secretsboot.context.RefreshScheduler;
import io.github.secretsboot.env.SecretsThreads;
import io.github.secretsboot.env.TestApplication;
import io.github.secretsboot.test.SecretsManagerServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests the scheduler in applications: on its own thread, from start to close.
 */
class SchedulerLifecycleTests {

	private static final String NAME = "myapp/keys";

	private static final String THREAD = "secrets-refresh-";

	private final SecretsManagerServer server = SecretsManagerServer.start();

	private final SecretsThreads threads = new SecretsThreads();

	@BeforeEach
	void createSecret() {
		this.server.create(NAME, Map.of("KEY", "canary-1"));
	}

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	@Test
	void whenApplicationRunsThenRotationsArriveByThemselvesUntilItIsClosed() {
		try (ConfigurableApplicationContext context = run("--secrets.refresh.interval=1s")) {
			assertThat(this.threads.schedulers()).singleElement()
				.satisfies((thread) -> assertThat(thread.isDaemon()).isTrue());
			this.server.rotate(NAME, Map.of("KEY", "canary-2"));
			Holder holder = context.getBean(Holder.class);
			await().atMost(Duration.ofSeconds(10)).until(() -> "canary-2".equals(holder.field));
			await().until(() -> holder.thread != null);
			assertThat(holder.thread).startsWith(THREAD);
		}
		this.threads.assertNoneWasAdded();
	}

	@Test
	void whenBeansAreLazyThenRotationsStillArrive() {
		try (ConfigurableApplicationContext context = run("--secrets.refresh.interval=1s",
				"--spring.main.lazy-initialization=true")) {
			assertThat(this.threads.schedulers()).hasSize(1);
			Holder holder = context.getBean(Holder.class);
			this.server.rotate(NAME, Map.of("KEY", "canary-2"));
			await().atMost(Duration.ofSeconds(10)).until(() -> "canary-2".equals(holder.field));
		}
		this.threads.assertNoneWasAdded();
	}

	@Test
	void whenRefreshIsDisabledThenThereIsNoThread() {
		try (ConfigurableApplicationContext context = run("--secrets.refresh.enabled=false")) {
			assertThat(context.getBeanNamesForType(RefreshScheduler.class)).isEmpty();
			assertThat(this.threads.schedulers()).isEmpty();
			assertThat(context.getBean(SecretsEngine.class).nextCheckAt()).isNull();
		}
	}

	@Test
	void whenThereAreNoSourcesThenThereIsNoThread() {
		try (ConfigurableApplicationContext context = TestApplication.run(this.server)) {
			assertThat(context.isRunning()).isTrue();
			assertThat(this.threads.schedulers()).isEmpty();
		}
	}

	@Test
	void whenContextIsStoppedAndStartedThenSecretsAreCheckedAtOnce() {
		try (ConfigurableApplicationContext context = run()) {
			context.stop();
			this.threads.assertNoneWasAdded();
			this.server.rotate(NAME, Map.of("KEY", "canary-2"));
			context.start();
			Holder holder = context.getBean(Holder.class);
			await().atMost(Duration.ofSeconds(10)).until(() -> "canary-2".equals(holder.field));
		}
	}

	@Test
	void whenChildSharesSecretsThenThereIsOneScheduler() {
		try (ConfigurableApplicationContext parent = run();
				ConfigurableApplicationContext child = TestApplication.builder(ChildHolder.class)
					.parent(parent)
					.run(this.server.arguments("--secrets.sources=" + NAME))) {
			assertThat(child.getBean(SecretsEngine.class)).isSameAs(parent.getBean(SecretsEngine.class));
			assertThat(child.getBeanFactory().getBeanNamesForType(RefreshScheduler.class)).isEmpty();
			assertThat(this.threads.schedulers()).hasSize(1);
			this.server.rotate(NAME, Map.of("KEY", "canary-2"));
			parent.getBean(SecretsEngine.class).refresh();
			assertThat(child.getBean(ChildHolder.class).field).isEqualTo("canary-2");
			child.close();
			assertThat(this.threads.schedulers()).hasSize(1);
		}
		this.threads.assertNoneWasAdded();
	}

	@Test
	void whenTwoApplicationsRunThenEachHasItsOwnScheduler() {
		try (ConfigurableApplicationContext one = run(); ConfigurableApplicationContext two = run()) {
			assertThat(one.getBean(SecretsEngine.class)).isNotSameAs(two.getBean(SecretsEngine.class));
			assertThat(this.threads.schedulers()).hasSize(2);
			one.close();
			await().until(() -> this.threads.schedulers().size() == 1);
			this.server.rotate(NAME, Map.of("KEY", "canary-2"));
			two.getBean(SecretsEngine.class).refresh();
			assertThat(two.getBean(Holder.class).field).isEqualTo("canary-2");
		}
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void whenVirtualThreadsAreEnabledThenSchedulerUsesOne() {
		try (ConfigurableApplicationContext context = run("--spring.threads.virtual.enabled=true",
				"--secrets.refresh.interval=1s")) {
			assertThat(this.threads.schedulers()).as("platform threads").isEmpty();
			this.server.rotate(NAME, Map.of("KEY", "canary-2"));
			Holder holder = context.getBean(Holder.class);
			await().atMost(Duration.ofSeconds(10)).until(() -> holder.thread != null);
			assertThat(holder.thread).startsWith(THREAD);
		}
	}

	private ConfigurableApplicationContext run(String... arguments) {
		return TestApplication.builder(Holder.class)
			.properties("secrets.sources=" + NAME)
			.run(this.server.arguments(arguments));
	}

	static class ChildHolder {

		@Value("${KEY}")
		volatile String field;

	}

	static class Holder {

		@Value("${KEY}")
		volatile String field;

		volatile String thread;

		@EventListener(SecretsRotatedEvent.class)
		void onRotated() {
			this.thread = Thread.currentThread().getName();
		}

	}

}
