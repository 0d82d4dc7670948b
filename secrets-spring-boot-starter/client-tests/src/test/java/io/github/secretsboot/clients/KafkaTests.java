package io.github.secretsboot.clients;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.secretsboot.Secrets;
import io.github.secretsboot.consumers.SecretConsumer.Connections;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.awaitility.Awaitility.await;

/**
 * Sends to and listens to a real broker of Kafka while its passwords rotate.
 */
class KafkaTests extends AbstractClientTests {

	private static Gateway shared;

	private static KafkaBroker broker;

	KafkaTests() {
		super(shared);
	}

	@BeforeAll
	static void start() {
		shared = new Gateway("Authentication failed");
		broker = new KafkaBroker(shared.port());
		shared.to(broker.port());
	}

	@AfterAll
	static void stop() {
		broker.close();
		shared.close();
	}

	@Override
	void closeSecretsManager() {
		this.secretsManager.close();
	}

	@Override
	void setPassword(String username, String password) throws Exception {
		broker.setPassword(username, password);
	}

	private ConfigurableApplicationContext run(String mechanism, String... arguments) throws Exception {
		String module = mechanism.equals("PLAIN") ? "plain.PlainLoginModule" : "scram.ScramLoginModule";
		return run(Application.class,
				Arguments.with(arguments, "--spring.kafka.bootstrap-servers=localhost:" + this.gateway.port(),
						"--spring.kafka.security.protocol=SASL_PLAINTEXT",
						"--spring.kafka.properties[sasl.mechanism]=" + mechanism,
						"--spring.kafka.properties[sasl.jaas.config]=org.apache.kafka.common.security." + module
								+ " required username=\"${login.username}\" password=\"${login.password}\";",
						"--spring.kafka.consumer.group-id=test-" + System.nanoTime(),
						"--spring.kafka.consumer.auto-offset-reset=earliest"));
	}

	private static Load messages(ConfigurableApplicationContext context, AtomicInteger sent) {
		KafkaTemplate<Object, Object> template = template(context);
		String run = "m" + System.nanoTime() + "-";
		context.getBean(Application.class).run = run;
		return new Load(4, () -> template.send("orders", run + sent.incrementAndGet()).get(30, TimeUnit.SECONDS));
	}

	@SuppressWarnings("unchecked")
	private static KafkaTemplate<Object, Object> template(ConfigurableApplicationContext context) {
		return context.getBean(KafkaTemplate.class);
	}

	@ParameterizedTest
	@CsvSource({ "PLAIN,false", "PLAIN,true", "SCRAM-SHA-256,false", "SCRAM-SHA-256,true" })
	void whenCredentialsRotateThenNoMessageIsLost(String mechanism, boolean users) throws Exception {
		try (ConfigurableApplicationContext context = run(mechanism)) {
			AtomicInteger sent = new AtomicInteger();
			Load load = messages(context, sent);
			int refused;
			try (load) {
				refused = rotate("Kafka, " + mechanism + ", " + (users ? "users" : "password"), context, load,
						users ? this::rotateUsers : this::rotatePassword);
			}
			assertThat(load.failures()).isEmpty();
			assertThat(refused).isLessThanOrEqualTo(2 * ROTATIONS);
			receivedAll(context, sent.get());
			follows(context, "kafkaProducerFactory", Connections.KEPT);
			follows(context, "kafkaConsumerFactory", Connections.KEPT);
			follows(context, "kafkaAdmin", Connections.KEPT);
			assertThat(context.getBean(KafkaAdmin.class).describeTopics("orders")).hasSize(1);
		}
	}

	/**
	 * Kafka's producer gives a refusal to whoever sends; it keeps working.
	 */
	@Test
	void whenConnectionsAreClosedBeforeSecretsManagerFollowsThenListenersLive() throws Exception {
		try (ConfigurableApplicationContext context = run("PLAIN")) {
			AtomicInteger sent = new AtomicInteger();
			Load load = messages(context, sent);
			try (load) {
				rotate("Kafka, connections closed in the gap", context, load, (running) -> {
					setPassword("app", "canary-gap");
					this.gateway.kill();
					rotatePassword(running);
				});
			}
			assertThat(load.failures()).allSatisfy((failure) -> assertThat(failure).contains("SaslAuthentication"));
			receivedAll(context, (int) load.done());
		}
	}

	private static void receivedAll(ConfigurableApplicationContext context, int sent) {
		await().atMost(Duration.ofSeconds(30))
			.untilAsserted(
					() -> assertThat(context.getBean(Application.class).received).hasSizeGreaterThanOrEqualTo(sent));
		assertThat(context.getBean(KafkaListenerEndpointRegistry.class).getListenerContainers())
			.allMatch((container) -> container.isRunning());
	}

	@Test
	void whenNewPasswordIsWrongThenItIsNotUsed() throws Exception {
		try (ConfigurableApplicationContext context = run("SCRAM-SHA-256")) {
			this.secretsManager.rotate("server", wrongLogin());
			assertThat(context.getBean(Secrets.class).refresh().changes()).isEmpty();
		}
	}

	@Test
	void whenExcludedThenKeepsTheOldPassword() throws Exception {
		try (ConfigurableApplicationContext context = run("PLAIN", "--secrets.follow.exclude=kafka")) {
			rotatePassword(context);
			this.gateway.kill();
			assertThatException().isThrownBy(() -> template(context).send("orders", "x").get(30, TimeUnit.SECONDS))
				.withStackTraceContaining("SaslAuthenticationException");
		}
	}

	@EnableAutoConfiguration
	static class Application {

		final Set<String> received = ConcurrentHashMap.newKeySet();

		volatile String run = "none";

		@Bean
		NewTopic orders() {
			return new NewTopic("orders", 1, (short) 1);
		}

		@KafkaListener(topics = "orders")
		void onOrder(String order) {
			if (order.startsWith(this.run)) {
				this.received.add(order);
			}
		}

	}

}
