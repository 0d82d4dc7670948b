package io.github.secretsboot.sample;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StripeStandIn}.
 */
class StripeStandInTests {

	private static final String CHARGE = "amount=1999&currency=eur&confirm=true";

	private static final Instant ROTATED = Instant.parse("2026-11-23T12:00:00Z");

	private static final Duration GRACE = Duration.ofSeconds(10);

	private static final StripeKeys KEYS = new StripeKeys() {

		@Override
		public Optional<Key> current() {
			return Optional.of(new Key(LocalServices.key(2), "v2", ROTATED));
		}

		@Override
		public Optional<Key> previous() {
			return Optional.of(new Key(LocalServices.key(1), "v1", ROTATED.minusSeconds(3600)));
		}

	};

	private final HttpClient http = HttpClient.newHttpClient();

	@Test
	void whenKeyIsCurrentThenCreatesPaymentIntent() throws Exception {
		try (StripeStandIn stripe = startAt(ROTATED)) {
			HttpResponse<String> response = post(stripe, LocalServices.key(2), CHARGE);
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(response.body()).contains("\"object\":\"payment_intent\"")
				.contains("\"amount\":1999")
				.contains("\"currency\":\"eur\"")
				.contains("\"status\":\"succeeded\"");
			assertThat(stripe.accepted("v2")).isOne();
		}
	}

	@Test
	void whenKeyIsUnknownThenRefuses() throws Exception {
		try (StripeStandIn stripe = startAt(ROTATED)) {
			HttpResponse<String> response = post(stripe, "sk_test_fake_unknown", CHARGE);
			assertThat(response.statusCode()).isEqualTo(401);
			assertThat(response.body()).contains("invalid_request_error").contains("Invalid API Key provided");
			assertThat(response.body()).doesNotContain("\"code\"");
			assertThat(stripe.refused(StripeStandIn.UNKNOWN_VERSION)).isOne();
		}
	}

	@Test
	void whenPreviousKeyIsInGracePeriodThenAccepts() throws Exception {
		try (StripeStandIn stripe = startAt(ROTATED.plus(GRACE).minusMillis(1))) {
			assertThat(post(stripe, LocalServices.key(1), CHARGE).statusCode()).isEqualTo(200);
			assertThat(stripe.accepted("v1")).isOne();
			assertThat(stripe.refused("v1")).isZero();
		}
	}

	@Test
	void whenGracePeriodIsOverThenRefusesPreviousKey() throws Exception {
		try (StripeStandIn stripe = startAt(ROTATED.plus(GRACE))) {
			HttpResponse<String> response = post(stripe, LocalServices.key(1), CHARGE);
			assertThat(response.statusCode()).isEqualTo(401);
			assertThat(response.body()).contains("\"code\":\"api_key_expired\"");
			assertThat(stripe.accepted("v1")).isZero();
			assertThat(stripe.refused("v1")).isOne();
		}
	}

	@Test
	void whenKeyIsReplacedTwiceWithinItsGracePeriodThenStaysValid() throws Exception {
		try (LocalServices services = LocalServices.start(Clock.fixed(ROTATED, ZoneOffset.UTC))) {
			StripeStandIn stripe = services.stripe();
			for (int i = 0; i < 3; i++) {
				assertThat(post(stripe, LocalServices.key(1), CHARGE).statusCode()).isEqualTo(200);
				services.rotateKey();
			}
			assertThat(post(stripe, LocalServices.key(4), CHARGE).statusCode()).isEqualTo(200);
			assertThat(post(stripe, LocalServices.key(1), CHARGE).statusCode()).isEqualTo(200);
		}
	}

	@Test
	void whenCurrencyIsMissingThenRefuses() throws Exception {
		try (StripeStandIn stripe = startAt(ROTATED)) {
			HttpResponse<String> response = post(stripe, LocalServices.key(2), "amount=1999");
			assertThat(response.statusCode()).isEqualTo(400);
			assertThat(response.body()).contains("\"code\":\"parameter_missing\"");
		}
	}

	@Test
	void whenResourceIsUnknownThenIsNotFound() throws Exception {
		try (StripeStandIn stripe = startAt(ROTATED)) {
			assertThat(post(stripe.uri().resolve("/v1/refunds"), LocalServices.key(2), CHARGE).statusCode())
				.isEqualTo(404);
		}
	}

	private static StripeStandIn startAt(Instant now) {
		return StripeStandIn.start(KEYS, GRACE, Clock.fixed(now, ZoneOffset.UTC));
	}

	private HttpResponse<String> post(StripeStandIn stripe, String key, String form) throws Exception {
		return post(stripe.uri().resolve("/v1/payment_intents"), key, form);
	}

	private HttpResponse<String> post(URI uri, String key, String form) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(uri)
			.header("Authorization", "Bearer " + key)
			.POST(BodyPublishers.ofString(form))
			.build();
		return this.http.send(request, BodyHandlers.ofString());
	}

}
