package io.github.secretsboot.clients;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.secretsboot.Secrets;
import io.github.secretsboot.consumers.SecretConsumer.Connections;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.amqp.AmqpAuthenticationException;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.amqp.rabbit.config.ContainerCustomizer;
import org.springframework.amqp.rabbit.connection.CorrelationData;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.amqp.rabbit.listener.RabbitListenerEndpointRegistry;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Sends to and listens to a real broker of AMQP 0-9-1 while its passwords rotate.
 */
class RabbitTests extends AbstractClientTests {

	private static AmqpBroker broker;

	RabbitTests() {
		super(new Gateway("Authentication failed|ACCESS_REFUSED").to(broker.port()));
	}

	@BeforeAll
	static void start() {
		broker = new AmqpBroker();
	}

	@AfterAll
	static void stop() {
		broker.close();
	}

	@Override
	void setPassword(String username, String password) {
		broker.setPassword(username, password);
	}

	private ConfigurableApplicationContext run(String... arguments) throws Exception {
		return run(Application.class, Arguments.with(arguments, "--spring.rabbitmq.host=localhost",
				"--spring.rabbitmq.port=" + this.gateway.port(), "--spring.rabbitmq.username=${login.username}",
				"--spring.rabbitmq.password=${login.password}", "--spring.rabbitmq.publisher-confirm-type=correlated"));
	}

	/**
	 * A message counts when the broker has confirmed it. One whose connection is closed
	 * in between is sent again, as any sender must that wants to be sure.
	 */
	private static Load messages(ConfigurableApplicationContext context, AtomicInteger sent) {
		RabbitTemplate template = context.getBean(RabbitTemplate.class);
		String run = "m" + System.nanoTime() + "-";
		context.getBean(Application.class).run = run;
		return new Load(4, () -> sendConfirmed(template, run + sent.incrementAndGet(), 100));
	}

	private static void sendConfirmed(RabbitTemplate template, String message, int tries) throws Exception {
		CorrelationData confirmation = new CorrelationData();
		boolean confirmed = false;
		try {
			template.convertAndSend("", "orders", message, confirmation);
			confirmed = confirmation.getFuture().get(500, TimeUnit.MILLISECONDS).ack();
		}
		catch (AmqpAuthenticationException ex) {
			throw ex;
		}
		catch (RuntimeException | TimeoutException ex) {
			if (tries == 0) {
				throw ex;
			}
		}
		if (!confirmed) {
			pause(20);
			sendConfirmed(template, message, tries - 1);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void whenCredentialsRotateThenNoMessageIsLost(boolean users) throws Exception {
		try (ConfigurableApplicationContext context = run()) {
			AtomicInteger sent = new AtomicInteger();
			Load load = messages(context, sent);
			int refused;
			try (load) {
				refused = rotate("RabbitMQ, " + (users ? "users" : "password"), context, load,
						users ? this::rotateUsers : this::rotatePassword);
			}
			assertThat(load.failures()).isEmpty();
			assertThat(refused).isZero();
			receivedAll(context, sent.get());
			follows(context, "rabbitConnectionFactory", Connections.KEPT);
		}
	}

	@Test
	void whenConnectionsAreClosedBeforeSecretsManagerFollowsThenSendersWaitAndListenersLive() throws Exception {
		try (ConfigurableApplicationContext context = run()) {
			AtomicInteger sent = new AtomicInteger();
			Load load = messages(context, sent);
			int refused;
			try (load) {
				refused = rotate("RabbitMQ, connections closed in the gap", context, load, (running) -> {
					setPassword("app", "canary-gap");
					this.gateway.kill();
					rotatePassword(running);
				});
			}
			assertThat(load.failures()).isEmpty();
			assertThat(refused).isLessThanOrEqualTo(3 * ROTATIONS);
			receivedAll(context, sent.get());
		}
	}

	private static void receivedAll(ConfigurableApplicationContext context, int sent) {
		await().atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(context.getBean(Application.class).received).hasSize(sent));
		assertThat(context.getBean(RabbitListenerEndpointRegistry.class).getListenerContainers())
			.allMatch((container) -> container.isRunning());
	}

	@Test
	void whenNewPasswordIsWrongThenItIsNotUsed() throws Exception {
		try (ConfigurableApplicationContext context = run()) {
			this.secretsManager.rotate("server", wrongLogin());
			assertThat(context.getBean(Secrets.class).refresh().changes()).isEmpty();
		}
	}

	@Test
	void whenPasswordIsWrongForGoodThenFailsAfterTheWindowAndSeldomAsks() throws Exception {
		try (ConfigurableApplicationContext context = run("--secrets.follow.rotation-window=500ms")) {
			RabbitTemplate template = context.getBean(RabbitTemplate.class);
			template.convertAndSend("orders", "first");
			setPassword("app", "canary-unknown");
			this.gateway.kill();
			int before = this.gateway.refusals();
			for (int i = 0; i < 5; i++) {
				assertThatExceptionOfType(RuntimeException.class)
					.isThrownBy(() -> template.convertAndSend("orders", "second"));
			}
			assertThat(this.gateway.refusals() - before).isBetween(1, 3);
		}
	}

	@Test
	void whenExcludedThenKeepsTheOldPassword() throws Exception {
		try (ConfigurableApplicationContext context = run("--secrets.follow.exclude=rabbit")) {
			rotatePassword(context);
			this.gateway.kill();
			assertThatExceptionOfType(AmqpAuthenticationException.class)
				.isThrownBy(() -> sendConfirmed(context.getBean(RabbitTemplate.class), "refused", 3));
		}
	}

	@EnableAutoConfiguration
	static class Application {

		final Set<String> received = ConcurrentHashMap.newKeySet();

		volatile String run = "none";

		@Bean
		Queue orders() {
			return new Queue("orders", false);
		}

		@RabbitListener(queues = "orders")
		void onOrder(String order) {
			if (order.startsWith(this.run)) {
				this.received.add(order);
			}
		}

		@Bean
		ContainerCustomizer<SimpleMessageListenerContainer> quickRecovery() {
			return (container) -> container.setRecoveryInterval(200);
		}

	}

}
