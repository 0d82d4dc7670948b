package io.github.secretsboot.sample;

import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Playground}.
 */
@TestInstance(Lifecycle.PER_CLASS)
class PlaygroundTests {

	private final ConfigurableApplicationContext application = TestSampleApplication.run("--server.port=0",
			"--sample.secrets-manager.port=0", "--secrets.refresh.enabled=false");

	private final SampleServices services = this.application.getBean(SampleServices.class);

	private final RestTestClient client = RestTestClient.bindToServer()
		.baseUrl("http://localhost:" + this.application.getEnvironment().getProperty("local.server.port"))
		.build();

	@AfterAll
	void close() {
		this.application.close();
	}

	@Test
	void whenAwsTakesNoCallsThenKeyCannotBeRotated() {
		for (String disturbance : new String[] { "throttling", "region-down" }) {
			send(HttpMethod.PUT, "disturbances/" + disturbance, Map.of("on", true)).expectStatus().isNoContent();
			send(HttpMethod.POST, "rotations", Map.of()).expectStatus()
				.isEqualTo(409)
				.expectHeader()
				.contentType(MediaType.APPLICATION_PROBLEM_JSON)
				.expectBody()
				.jsonPath("$.detail")
				.isEqualTo("Nobody can rotate a key while AWS takes no calls");
			send(HttpMethod.PUT, "disturbances/" + disturbance, Map.of("on", false)).expectStatus().isNoContent();
		}
		assertThat(this.services.present()).isEmpty();
		send(HttpMethod.POST, "rotations", Map.of()).expectStatus().isOk();
	}

	@Test
	void whenLoadIsTurnedOffThenNobodyCharges() {
		send(HttpMethod.PUT, "load", Map.of("on", false)).expectStatus().isNoContent();
		assertThat(this.application.getBean(ChargeLoad.class).isOn()).isFalse();
	}

	@Test
	void whenDisturbanceIsUnknownThenIsRefused() {
		send(HttpMethod.PUT, "disturbances/earthquake", Map.of("on", true)).expectStatus().isBadRequest();
	}

	@Test
	void whenAnotherSiteSendsAFormThenNothingHappens() {
		this.client.post()
			.uri("/playground/rotations")
			.contentType(MediaType.TEXT_PLAIN)
			.body("{}")
			.exchange()
			.expectStatus()
			.isNotFound();
	}

	private RestTestClient.ResponseSpec send(HttpMethod method, String path, Map<String, ?> body) {
		return this.client.method(method)
			.uri("/playground/" + path)
			.contentType(MediaType.APPLICATION_JSON)
			.body(body)
			.exchange();
	}

}
