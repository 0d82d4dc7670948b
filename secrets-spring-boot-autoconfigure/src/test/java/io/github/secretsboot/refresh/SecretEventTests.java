package io.github.secretsboot.refresh;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.secretsboot.FailureReason;
import io.github.secretsboot.Secrets;
import io.github.secretsboot.SecretsRefreshFailedEvent;
import io.github.secretsboot.SecretsRotatedEvent;
import io.github.secretsboot.env.TestApplication;
import io.github.secretsboot.test.SecretsManagerServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests who is told about a pass.
 */
@ExtendWith(OutputCaptureExtension.class)
class SecretEventTests {

	private final SecretsManagerServer server = SecretsManagerServer.start();

	@BeforeEach
	void createSecrets() {
		this.server.create("a", Map.of("A_KEY", "canary-1"));
		this.server.create("b", Map.of("B_KEY", "canary-1"));
	}

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	@Test
	void whenTwoSecretsRotateThenThereIsOneEvent() {
		try (ConfigurableApplicationContext context = TestApplication.run(this.server, Recorder.class,
				"--secrets.sources=a,b")) {
			rotateBoth(context);
			Recorder recorder = context.getBean(Recorder.class);
			assertThat(recorder.rotated).hasSize(1);
			assertThat(recorder.rotated.get(0).changes()).hasSize(2);
			assertThat(recorder.rotated.get(0).hasChanged("A_KEY")).isTrue();
			assertThat(recorder.rotated.get(0).hasChanged("unknown")).isFalse();
			assertThat(recorder.rotated).asString().doesNotContain("canary");
			context.getBean(Secrets.class).refresh();
			assertThat(recorder.rotated).hasSize(1);
		}
	}

	@Test
	void whenSecretFailsThenThereIsAnEventWithTheReason() {
		try (ConfigurableApplicationContext context = TestApplication.run(this.server, Recorder.class,
				"--secrets.sources=a,b")) {
			this.server.deny("a");
			context.getBean(Secrets.class).refresh();
			Recorder recorder = context.getBean(Recorder.class);
			assertThat(recorder.failed).singleElement().satisfies((event) -> {
				assertThat(event.secretName()).isEqualTo("a");
				assertThat(event.reason()).isEqualTo(FailureReason.ACCESS_DENIED);
				assertThat(event.since()).isNotNull();
			});
			assertThat(recorder.rotated).isEmpty();
		}
	}

	@Test
	void whenListenersThrowThenOthersAreToldWhateverTheirOrder(CapturedOutput output) {
		try (ConfigurableApplicationContext context = TestApplication.run(this.server, Throwing.class,
				"--secrets.sources=a,b")) {
			rotateBoth(context);
			assertThat(context.getBean(Recorder.class).rotated).hasSize(1);
			assertThat(context.getBean(ListenerBean.class).events).isEqualTo(1);
			assertThat(context.getBean(Last.class).events).isEqualTo(1);
			assertThat(output).contains("A listener of secret events failed").doesNotContain("canary-in-message");
		}
	}

	@Test
	void whenParentIsAPlainContextThenItsListenersAreTold() {
		try (GenericApplicationContext parent = new GenericApplicationContext()) {
			List<Object> events = new ArrayList<>();
			parent.addApplicationListener((event) -> {
				if (event instanceof PayloadApplicationEvent<?> payload
						&& payload.getPayload() instanceof SecretsRotatedEvent) {
					events.add(payload);
				}
			});
			parent.refresh();
			try (ConfigurableApplicationContext context = TestApplication.builder(Recorder.class)
				.parent(parent)
				.run(this.server.arguments("--secrets.sources=a,b"))) {
				rotateBoth(context);
				assertThat(events).hasSize(1);
				assertThat(context.getBean(Recorder.class).rotated).hasSize(1);
			}
		}
	}

	@Test
	void whenChildSharesSecretsThenEachContextIsToldOnce() {
		try (ConfigurableApplicationContext parent = TestApplication.run(this.server, Recorder.class,
				"--secrets.sources=a,b")) {
			Recorder ofParent = parent.getBean(Recorder.class);
			try (ConfigurableApplicationContext child = TestApplication.builder(OfChild.class)
				.parent(parent)
				.run(this.server.arguments("--secrets.sources=a,b"))) {
				rotateBoth(child);
				assertThat(child.getBean(OfChild.class).rotated).hasSize(1);
				assertThat(ofParent.rotated).hasSize(1);
			}
			this.server.rotate("a", Map.of("A_KEY", "canary-3"));
			parent.getBean(Secrets.class).refresh();
			assertThat(ofParent.rotated).as("after the child has been closed").hasSize(2);
		}
	}

	private void rotateBoth(ConfigurableApplicationContext context) {
		this.server.rotate("a", Map.of("A_KEY", "canary-2"));
		this.server.rotate("b", Map.of("B_KEY", "canary-2"));
		assertThat(context.getBean(Secrets.class).refresh().changes()).hasSize(2);
	}

	static class Recorder {

		final List<SecretsRotatedEvent> rotated = new ArrayList<>();

		final List<SecretsRefreshFailedEvent> failed = new ArrayList<>();

		@EventListener
		void onRotated(SecretsRotatedEvent event) {
			this.rotated.add(event);
		}

		@EventListener
		void onFailed(SecretsRefreshFailedEvent event) {
			this.failed.add(event);
		}

	}

	static class OfChild {

		final List<SecretsRotatedEvent> rotated = new ArrayList<>();

		@EventListener
		void onRotated(SecretsRotatedEvent event) {
			this.rotated.add(event);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import({ First.class, Recorder.class, ListenerBean.class, Last.class })
	static class Throwing {

	}

	static class First {

		@EventListener
		@Order(Ordered.HIGHEST_PRECEDENCE)
		void onRotated(SecretsRotatedEvent event) throws Exception {
			throw new Exception("canary-in-message");
		}

	}

	static class Last {

		private int events;

		@EventListener
		@Order(Ordered.LOWEST_PRECEDENCE)
		void onRotated(SecretsRotatedEvent event) {
			this.events++;
			throw new LinkageError("canary-in-message");
		}

	}

	static class ListenerBean implements ApplicationListener<PayloadApplicationEvent<SecretsRotatedEvent>>, Ordered {

		private int events;

		@Override
		public void onApplicationEvent(PayloadApplicationEvent<SecretsRotatedEvent> event) {
			this.events++;
			throw new IllegalStateException("canary-in-message");
		}

		@Override
		public int getOrder() {
			return 0;
		}

	}

}
