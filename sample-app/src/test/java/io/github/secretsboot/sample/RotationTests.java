package io.github.secretsboot.sample;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The promise of this project, kept by the running sample: the Stripe key rotates and
 * nobody notices.
 */
class RotationTests {

	private static final int ROTATIONS = 100;

	private static final int CHARGING_THREADS = 4;

	private final LocalServices services = LocalServices.start(Clock.systemUTC());

	@AfterEach
	void stop() {
		this.services.close();
	}

	@Test
	void whenKeyRotatesAndEndpointIsAskedThenNextChargeUsesNewKey() {
		try (ConfigurableApplicationContext application = run()) {
			Checkout checkout = application.getBean(Checkout.class);
			assertThat(checkout.charge(100, "eur").key()).isEqualTo("sk_t…0001");
			String version = this.services.rotateKey();
			client(application).post()
				.uri("/actuator/secrets")
				.exchangeSuccessfully()
				.expectBody()
				.jsonPath("$.changed[0].newVersionId")
				.isEqualTo(version)
				.jsonPath("$.changed[0].properties[0]")
				.isEqualTo("STRIPE_SECRET_KEY");
			assertThat(checkout.charge(100, "eur").key()).isEqualTo("sk_t…0002");
			assertThat(this.services.stripe().accepted(version)).isOne();
		}
	}

	@Test
	void whenKeyRotatesThenChargesUseNewKeyWithoutBeingAsked() {
		try (ConfigurableApplicationContext application = run("--secrets.refresh.interval=100ms")) {
			Checkout checkout = application.getBean(Checkout.class);
			this.services.rotateKey();
			await().atMost(Duration.ofSeconds(10)).until(() -> checkout.maskedKey().equals("sk_t…0002"));
			assertThat(checkout.charge(100, "eur").key()).isEqualTo("sk_t…0002");
		}
	}

	@Test
	void whenStripeRefusesTheKeyThenTheChargeIsTriedAgainWithTheNewOne() {
		try (ConfigurableApplicationContext application = run("--secrets.refresh.enabled=false")) {
			Checkout checkout = application.getBean(Checkout.class);
			// Stripe forgets the key before the previous one
			this.services.rotateKey();
			this.services.rotateKey();
			assertThat(checkout.charge(100, "eur").key()).isEqualTo("sk_t…0003");
		}
	}

	@Test
	void whenKeyRotatesManyTimesUnderLoadThenNoChargeFails() throws Exception {
		AtomicBoolean done = new AtomicBoolean();
		AtomicInteger charges = new AtomicInteger();
		AtomicInteger failures = new AtomicInteger();
		ExecutorService customers = Executors.newFixedThreadPool(CHARGING_THREADS);
		try (ConfigurableApplicationContext application = run("--secrets.refresh.enabled=false",
				"--secrets.refresh.requests-per-hour=1000000")) {
			Checkout checkout = application.getBean(Checkout.class);
			for (int i = 0; i < CHARGING_THREADS; i++) {
				customers.execute(() -> chargeUntil(done, checkout, charges, failures));
			}
			for (int i = 0; i < ROTATIONS; i++) {
				int before = charges.get();
				this.services.rotateKey();
				client(application).post().uri("/actuator/secrets").exchangeSuccessfully();
				await().atMost(Duration.ofSeconds(10)).until(() -> charges.get() > before);
			}
			done.set(true);
			customers.shutdown();
			assertThat(customers.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
			assertThat(checkout.charge(100, "eur").key()).isEqualTo("sk_t…0101");
		}
		finally {
			customers.shutdownNow();
		}
		assertThat(failures).hasValue(0);
		assertThat(charges).hasValueGreaterThanOrEqualTo(ROTATIONS);
	}

	private static void chargeUntil(AtomicBoolean done, Checkout checkout, AtomicInteger charges,
			AtomicInteger failures) {
		while (!done.get()) {
			try {
				checkout.charge(100, "eur");
				charges.incrementAndGet();
			}
			catch (RuntimeException ex) {
				failures.incrementAndGet();
			}
		}
	}

	private ConfigurableApplicationContext run(String... arguments) {
		SpringApplication application = new SpringApplication(SampleApplication.class);
		application.setDefaultProperties(Map.of("server.port", "0"));
		return application.run(this.services.arguments(arguments));
	}

	private static RestTestClient client(ConfigurableApplicationContext application) {
		String port = application.getEnvironment().getRequiredProperty("local.server.port");
		return RestTestClient.bindToServer().baseUrl("http://localhost:" + port).build();
	}

}
