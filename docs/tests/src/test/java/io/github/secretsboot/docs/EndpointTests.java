package io.github.secretsboot.docs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.secretsboot.test.SecretsManagerServer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.bootstrap.BootstrapRegistry.InstanceSupplier;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.test.web.servlet.client.RestTestClient;

/**
 * Compares the answers on the page about the endpoint with those of a running
 * application. Time is a clock that stands still; version ids and the random part of ARNs
 * are replaced, equal ones by equal ones.
 */
class EndpointTests {

	private static final String PAGE = "docs/reference/endpoint.md";

	private static final Pattern UUID = Pattern
		.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-([0-9a-f]{12})");

	private final JsonMapper mapper = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

	private final Map<String, String> ids = new LinkedHashMap<>();

	private final StandingClock clock = new StandingClock();

	@Test
	void whenAskedThenAnswersAreTheDocumentedOnes() {
		try (SecretsManagerServer server = SecretsManagerServer.builder()
			.region("eu-central-1")
			.clock(this.clock)
			.start()) {
			server.create("myapp/production/api-keys",
					"{\"STRIPE_SECRET_KEY\":\"canary-1\",\"OPENAI_API_KEY\":\"canary-2\"}");
			server.create("myapp/production/database", "{\"username\":\"app\",\"password\":\"canary-3\"}");
			SpringApplication application = new SpringApplication(OpenApplication.class, Checkout.class, Answers.class);
			application.addBootstrapRegistryInitializer(
					(registry) -> registry.register(Clock.class, InstanceSupplier.of(this.clock)));
			try (ConfigurableApplicationContext context = application
				.run(server.arguments("--server.port=0", "--secrets.sources[0]=myapp/production/api-keys",
						"--secrets.sources[1].name=myapp/production/database", "--secrets.sources[1].prefix=db.",
						"--secrets.refresh.jitter=0", "--secrets.refresh.requests-per-hour=2",
						"--management.endpoints.web.exposure.include=health,secrets",
						"--management.endpoint.health.show-details=always"))) {
				String url = "http://localhost:" + context.getEnvironment().getProperty("local.server.port")
						+ "/actuator/";
				record("GET", url + "secrets", "GET /actuator/secrets");
				record("GET", url + "secrets/holders", "GET /actuator/secrets/holders");
				record("GET", url + "secrets/policy", "GET /actuator/secrets/policy");
				record("GET", url + "secrets/policy?kms=true", "GET /actuator/secrets/policy?kms=true");
				this.clock.advance(Duration.ofMinutes(2));
				server.rotate("myapp/production/api-keys",
						"{\"STRIPE_SECRET_KEY\":\"canary-4\",\"OPENAI_API_KEY\":\"canary-2\"}");
				server.deny("myapp/production/database");
				record("POST", url + "secrets", "POST /actuator/secrets");
				record("POST", url + "secrets/myapp/production/database",
						"POST /actuator/secrets/myapp/production/database");
				record("GET", url + "health/secrets", "GET /actuator/health/secrets");
				record("POST", url + "secrets", 429, "POST /actuator/secrets, one too many");
			}
		}
	}

	private void record(String method, String url, String name) {
		record(method, url, 200, name);
	}

	private void record(String method, String url, int status, String name) {
		String answer = RestTestClient.bindToServer()
			.build()
			.method(HttpMethod.valueOf(method))
			.uri(url)
			.exchange()
			.expectStatus()
			.isEqualTo(status)
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
		Recorded.block(PAGE, "recorded " + name, normalised(answer));
	}

	private String normalised(String answer) {
		JsonNode json = this.mapper.readTree(answer.replaceAll("(:secret:[\\w/-]+)-[A-Za-z0-9]{6}\"", "$1-a1B2c3\""));
		String text = this.mapper.writeValueAsString(json)
			.replace("\r\n", "\n")
			.replaceAll("\\[ (.*?) ]", "[$1]")
			.replaceAll("\"milliseconds\" : \\d+", "\"milliseconds\" : 84")
			.replaceAll("\"objects\" : \\d+", "\"objects\" : 18472")
			.replaceAll("(?s)\"unopened\" : \\{.*?}", "\"unopened\" : { \"javax.crypto.Mac\" : 1 }")
			.replace("2126-", "2026-");
		return UUID.matcher(text)
			.replaceAll((id) -> Matcher.quoteReplacement(this.ids.computeIfAbsent(id.group(),
					(any) -> "%08d-0000-0000-0000-000000000000".formatted(this.ids.size() + 1))));
	}

	@Component("checkout")
	static class Checkout {

		@Value("${stripe.secret-key}")
		private volatile String stripeKey;

	}

	@Component("answers")
	static class Answers {

		Answers(@Value("${openai.api-key}") String openAiKey) {
		}

	}

	private static final class StandingClock extends Clock {

		/**
		 * So far away that the real schedule, which it is given to, never comes to it.
		 */
		private volatile Instant now = Instant.parse("2126-11-23T12:00:00Z");

		void advance(Duration duration) {
			this.now = this.now.plus(duration);
		}

		@Override
		public Instant instant() {
			return this.now;
		}

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

	}

}
