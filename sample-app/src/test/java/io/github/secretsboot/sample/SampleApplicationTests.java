package io.github.secretsboot.sample;

import java.time.Clock;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.EntityExchangeResult;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SampleApplication}, with {@link LocalServices} in place of AWS and
 * Stripe.
 */
@ExtendWith(OutputCaptureExtension.class)
class SampleApplicationTests {

	private static final Map<String, Object> CHARGE = Map.of("amount", 1999, "currency", "EUR");

	private LocalServices services;

	@BeforeEach
	void start() {
		this.services = LocalServices.start(Clock.systemUTC());
	}

	@AfterEach
	void stop() {
		this.services.close();
	}

	@Test
	void whenNothingWasChargedThenStatusShowsMaskedKeyAndItsSecret() {
		try (ConfigurableApplicationContext application = run()) {
			String version = this.services.secretsManager().currentVersionId(LocalServices.SECRET);
			client(application).get()
				.uri("/status")
				.exchangeSuccessfully()
				.expectBody()
				.jsonPath("$.key")
				.isEqualTo("sk_t…0001")
				.jsonPath("$.origin")
				.isEqualTo("secret 'myapp/production/api-keys' in AWS Secrets Manager, version %s".formatted(version))
				.jsonPath("$.lastCharge")
				.isEmpty();
			assertThat(this.services.stripe().accepted(version)).isZero();
		}
	}

	@Test
	void whenChargedThenUsesInjectedKey() {
		try (ConfigurableApplicationContext application = run()) {
			String version = this.services.secretsManager().currentVersionId(LocalServices.SECRET);
			charge(client(application), CHARGE).expectStatus().isOk().expectBody().json("""
					{"id":"pi_stand_in_0001","amount":1999,"currency":"eur","status":"succeeded","key":"sk_t…0001"}
					""");
			assertThat(this.services.stripe().accepted(version)).isOne();
			client(application).get()
				.uri("/status")
				.exchangeSuccessfully()
				.expectBody()
				.jsonPath("$.lastCharge.status")
				.isEqualTo("succeeded");
		}
	}

	@Test
	void whenKeyIsWrongThenAnswersStripesCodeOnly() {
		String wrongKey = "sk_test_fake_51NobodyKnowsThisKey";
		try (ConfigurableApplicationContext application = run("--stripe.secret-key=" + wrongKey)) {
			EntityExchangeResult<String> result = charge(client(application), CHARGE).expectStatus()
				.isEqualTo(502)
				.expectHeader()
				.contentType(MediaType.APPLICATION_PROBLEM_JSON)
				.expectBody(String.class)
				.returnResult();
			assertThat(result.getResponseBody()).contains("\"code\":\"invalid_request_error\"")
				.doesNotContain("sk_")
				.doesNotContain("Key")
				.doesNotContain(wrongKey.substring(wrongKey.length() - 4));
			assertThat(this.services.stripe().refused(StripeStandIn.UNKNOWN_VERSION)).isOne();
			client(application).get()
				.uri("/status")
				.exchangeSuccessfully()
				.expectBody()
				.jsonPath("$.lastCharge.status")
				.isEqualTo("failed: invalid_request_error");
		}
	}

	@Test
	void whenStripeDoesNotAnswerThenSaysSo() {
		try (ConfigurableApplicationContext application = run()) {
			this.services.stripe().close();
			charge(client(application), CHARGE).expectStatus()
				.isEqualTo(502)
				.expectBody()
				.jsonPath("$.code")
				.isEqualTo("no_answer");
		}
	}

	@Test
	void whenRequestIsIncompleteThenIsRefusedBeforeStripeIsAsked() {
		try (ConfigurableApplicationContext application = run()) {
			RestTestClient client = client(application);
			charge(client, Map.of("currency", "eur")).expectStatus().isBadRequest();
			charge(client, Map.of("amount", 0, "currency", "eur")).expectStatus().isBadRequest();
			charge(client, Map.of("amount", 1999)).expectStatus().isBadRequest();
			charge(client, Map.of("amount", 1999, "currency", "euro")).expectStatus()
				.isBadRequest()
				.expectBody()
				.jsonPath("$.detail")
				.isEqualTo("currency must be a code of three letters");
		}
	}

	@Test
	void nothingShowsAValue(CapturedOutput output) throws Exception {
		try (ConfigurableApplicationContext application = run("--logging.level.root=trace",
				"--management.endpoint.env.show-values=always",
				"--management.endpoint.configprops.show-values=always")) {
			RestTestClient client = client(application);
			assertThat(charge(client, CHARGE).expectBody(String.class).returnResult().getResponseBody())
				.satisfies(SampleApplicationTests::hasNoValue);
			for (String path : new String[] { "/", "/status", "/actuator/health", "/actuator/env",
					"/actuator/secrets" }) {
				assertThat(client.get()
					.uri(path)
					.exchangeSuccessfully()
					.expectBody(String.class)
					.returnResult()
					.getResponseBody()).as(path).satisfies(SampleApplicationTests::hasNoValue);
			}
			Exposure exposure = new Exposure(application.getEnvironment().getProperty("local.server.port"));
			assertThat(exposure.getFirstMessage("/events")).contains("sk_t…0001")
				.satisfies(SampleApplicationTests::hasNoValue);
			assertThat(application.getBean(Checkout.class).toString()).satisfies(SampleApplicationTests::hasNoValue);
		}
		assertThat(output.getAll()).satisfies(SampleApplicationTests::hasNoValue);
	}

	/**
	 * Compares by hand, because a failed assertion would print the text and so the value.
	 */
	private static void hasNoValue(String text) {
		assertThat(text.isBlank()).isFalse();
		assertThat(text.contains("sk_test_fake_") || text.contains("canary-")).as("a secret value shows").isFalse();
	}

	private ConfigurableApplicationContext run(String... arguments) {
		SpringApplication application = new SpringApplication(SampleApplication.class);
		application.setDefaultProperties(Map.of("server.port", "0"));
		return application.run(this.services.arguments(arguments));
	}

	private static RestTestClient client(ConfigurableApplicationContext application) {
		String port = Objects.requireNonNull(application.getEnvironment().getProperty("local.server.port"));
		return RestTestClient.bindToServer().baseUrl("http://localhost:" + port).build();
	}

	private static RestTestClient.ResponseSpec charge(RestTestClient client, Map<String, Object> body) {
		return client.post().uri("/charges").contentType(MediaType.APPLICATION_JSON).body(body).exchange();
	}

}
