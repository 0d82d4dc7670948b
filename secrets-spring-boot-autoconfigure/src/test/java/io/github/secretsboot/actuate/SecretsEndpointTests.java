package io.github.secretsboot.actuate;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.secretsboot.SecretValidator;
import io.github.secretsboot.env.TestApplication;
import io.github.secretsboot.test.SecretsManagerServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.json.JsonContent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the endpoint over HTTP.
 */
class SecretsEndpointTests {

	private static final String NAME = "myapp/production/api-keys";

	private static final String INSTANT = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z";

	private static final HttpClient http = HttpClient.newHttpClient();

	private final SecretsManagerServer server = SecretsManagerServer.start();

	private ConfigurableApplicationContext context;

	@BeforeEach
	void createSecret() {
		this.server.create(NAME, Map.of("STRIPE_SECRET_KEY", "canary-1"));
	}

	@AfterEach
	void close() {
		if (this.context != null) {
			this.context.close();
		}
		this.server.close();
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
	void whenSecretIsCurrentThenGetDescribesIt(WebApplicationType type) throws Exception {
		run(type);
		JsonContent json = new JsonContent(get("secrets"));
		assertThat(json).extractingPath("$.sources[0].name").isEqualTo(NAME);
		assertThat(json).extractingPath("$.sources[0].arn").isEqualTo(this.server.arn(NAME));
		assertThat(json).extractingPath("$.sources[0].versionId").isEqualTo(this.server.currentVersionId(NAME));
		assertThat(json).extractingPath("$.sources[0].stages").asArray().containsExactly("AWSCURRENT");
		for (String date : new String[] { "createdDate", "loadedAt", "lastCheckedAt", "nextCheckAt" }) {
			assertThat(json).extractingPath("$.sources[0]." + date).asString().matches(INSTANT);
		}
		assertThat(json).extractingPath("$.sources[0].properties").asArray().containsExactly("STRIPE_SECRET_KEY");
		assertThat(json).extractingPath("$.sources[0].state").isEqualTo("current");
		assertThat(json).doesNotHavePath("$.sources[0].failure");
		assertThat(json).extractingPath("$.consumers[0]")
			.isEqualTo(Map.of("bean", "checkout", "member", "stripeKey", "properties", List.of("STRIPE_SECRET_KEY"),
					"mode", "live"));
	}

	@Test
	void whenOptionalSecretIsMissingThenAbsentFactsAreLeftOut() throws Exception {
		run(WebApplicationType.SERVLET, "--secrets.sources[1].name=later", "--secrets.sources[1].optional=true",
				"--secrets.refresh.enabled=false");
		JsonContent json = new JsonContent(get("secrets"));
		assertThat(json).extractingPath("$.sources[1].state").isEqualTo("missing");
		assertThat(json).extractingPath("$.sources[1].failure.reason").isEqualTo("not-found");
		for (String absent : new String[] { "arn", "versionId", "stages", "createdDate", "loadedAt", "nextCheckAt",
				"properties" }) {
			assertThat(json).doesNotHavePath("$.sources[1]." + absent);
		}
	}

	@Test
	void whenPostedThenAllSecretsAreCheckedAndTheAnswerSaysWhatChanged() throws Exception {
		run(WebApplicationType.SERVLET);
		String before = this.server.currentVersionId(NAME);
		this.server.rotate(NAME, Map.of("STRIPE_SECRET_KEY", "canary-2"));
		HttpResponse<String> response = post("secrets");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(new JsonContent(response.body())).isStrictlyEqualTo("""
				{"changed": [{"name": "%s", "oldVersionId": "%s", "newVersionId": "%s",
				"properties": ["STRIPE_SECRET_KEY"]}], "failed": []}""".formatted(NAME, before,
				this.server.currentVersionId(NAME)));
		assertThat(this.context.getBean(Checkout.class).stripeKey).isEqualTo("canary-2");
		assertThat(new JsonContent(post("secrets").body())).isStrictlyEqualTo("{\"changed\": [], \"failed\": []}");
	}

	@Test
	void whenPostedToOneNameThenThatSecretIsChecked() throws Exception {
		this.server.create("other", Map.of("OTHER_KEY", "canary-1"));
		run(WebApplicationType.SERVLET, "--secrets.sources[1]=other");
		this.server.rotate(NAME, Map.of("STRIPE_SECRET_KEY", "canary-2"));
		this.server.rotate("other", Map.of("OTHER_KEY", "canary-2"));
		JsonContent json = new JsonContent(post("secrets/" + NAME).body());
		assertThat(json).extractingPath("$.changed.length()").isEqualTo(1);
		assertThat(json).extractingPath("$.changed[0].name").isEqualTo(NAME);
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
	void whenNameIsUnknownThenItIsNotFound(WebApplicationType type) throws Exception {
		run(type);
		assertThat(post("secrets/myapp/unknown").statusCode()).isEqualTo(404);
	}

	@Test
	void whenSecretFailsThenAnswersSayWhy() throws Exception {
		run(WebApplicationType.SERVLET);
		this.server.deny(NAME);
		assertThat(new JsonContent(post("secrets").body())).isStrictlyEqualTo("""
				{"changed": [], "failed": [{"name": "%s", "reason": "access-denied"}]}""".formatted(NAME));
		JsonContent json = new JsonContent(get("secrets"));
		assertThat(json).extractingPath("$.sources[0].state").isEqualTo("stale");
		assertThat(json).extractingPath("$.sources[0].failure.reason").isEqualTo("access-denied");
		assertThat(json).extractingPath("$.sources[0].failure.since").asString().matches(INSTANT);
		assertThat(json).extractingPath("$.sources[0].versionId").isEqualTo(this.server.currentVersionId(NAME));
	}

	@Test
	void whenRequiredSecretVanishesThenItIsStaleAndNotFound() throws Exception {
		run(WebApplicationType.SERVLET);
		this.server.delete(NAME);
		post("secrets");
		JsonContent json = new JsonContent(get("secrets"));
		assertThat(json).extractingPath("$.sources[0].state").isEqualTo("stale");
		assertThat(json).extractingPath("$.sources[0].failure.reason").isEqualTo("not-found");
	}

	@Test
	void whenValidatorRefusesThenStateIsRejected() throws Exception {
		run(WebApplicationType.SERVLET);
		this.server.rotate(NAME, Map.of("STRIPE_SECRET_KEY", "canary-refused"));
		assertThat(new JsonContent(post("secrets").body())).extractingPath("$.failed[0].reason").isEqualTo("rejected");
		JsonContent json = new JsonContent(get("secrets"));
		assertThat(json).extractingPath("$.sources[0].state").isEqualTo("rejected");
		assertThat(json).extractingPath("$.sources[0].failure.rejectedVersionId")
			.isEqualTo(this.server.currentVersionId(NAME));
	}

	@Test
	void whenValuesMayBeShownThenTheEndpointStillShowsNone() throws Exception {
		run(WebApplicationType.SERVLET, "--management.endpoint.secrets.show-values=always",
				"--management.endpoint.env.show-values=always", "--management.endpoint.configprops.show-values=always");
		assertThat(get("secrets")).doesNotContain("canary");
		this.server.rotate(NAME, Map.of("STRIPE_SECRET_KEY", "canary-2"));
		assertThat(post("secrets").body()).doesNotContain("canary");
		this.server.rotate(NAME, Map.of("STRIPE_SECRET_KEY", "canary-refused"));
		assertThat(post("secrets/" + NAME).body()).doesNotContain("canary");
		assertThat(get("secrets")).doesNotContain("canary");
	}

	@Test
	void whenAccessIsReadOnlyThenPostIsNotThere() throws Exception {
		run(WebApplicationType.SERVLET, "--management.endpoint.secrets.access=read-only");
		assertThat(get("secrets")).contains(NAME);
		assertThat(post("secrets").statusCode()).isEqualTo(405);
		assertThat(post("secrets/" + NAME).statusCode()).isIn(404, 405);
	}

	@Test
	void whenAccessIsNoneThenNothingIsThere() throws Exception {
		run(WebApplicationType.SERVLET, "--management.endpoint.secrets.access=none");
		assertThat(this.context.getBeanNamesForType(SecretsEndpoint.class)).isEmpty();
		assertThat(post("secrets").statusCode()).isEqualTo(404);
	}

	@Test
	void whenEnvironmentIsShownThenPropertiesNameTheirSecretAndVersion() throws Exception {
		run(WebApplicationType.SERVLET);
		assertThat(get("env/STRIPE_SECRET_KEY")).contains(NAME)
			.contains(this.server.currentVersionId(NAME))
			.doesNotContain("canary");
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
	void whenPostedTooOftenThenAnswerSaysWhenToTryAgainAndNobodyIsCalled(WebApplicationType type) throws Exception {
		run(type, "--secrets.refresh.requests-per-hour=2");
		post("secrets");
		this.server.rotate(NAME, Map.of("STRIPE_SECRET_KEY", "canary-2"));
		assertThat(post("secrets").body()).contains("\"newVersionId\"");
		this.server.resetCalls();
		for (String path : List.of("secrets", "secrets/" + NAME)) {
			HttpResponse<String> response = post(path);
			assertThat(response.statusCode()).isEqualTo(429);
			JsonContent json = new JsonContent(response.body());
			assertThat(json).extractingPath("$.error").asString().contains("secrets.refresh.requests-per-hour");
			assertThat(json).extractingPath("$.retryAfter")
				.asNumber()
				.satisfies((seconds) -> assertThat(seconds.intValue()).isBetween(1700, 1800));
		}
		assertThat(this.server.calls()).isZero();
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
	void whenFormIsPostedThenActuatorDoesNotSupportItButNoContentTypeAndJson(WebApplicationType type) throws Exception {
		run(type);
		assertThat(post("secrets", "application/x-www-form-urlencoded", "").statusCode()).isEqualTo(415);
		assertThat(post("secrets", "application/json", "{}").statusCode()).isEqualTo(200);
		assertThat(post("secrets").statusCode()).isEqualTo(200);
	}

	private void run(WebApplicationType type, String... arguments) {
		this.context = TestApplication.builder(Beans.class)
			.web(type)
			.properties("server.port=0", "management.endpoints.web.exposure.include=*")
			.run(this.server.arguments(arguments("--secrets.sources[0]=" + NAME, arguments)));
	}

	private static String[] arguments(String first, String... others) {
		return Stream.concat(Stream.of(first), Stream.of(others)).toArray(String[]::new);
	}

	private String get(String path) throws IOException, InterruptedException {
		return http.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString()).body();
	}

	private HttpResponse<String> post(String path) throws IOException, InterruptedException {
		return http.send(HttpRequest.newBuilder(uri(path)).POST(BodyPublishers.noBody()).build(),
				BodyHandlers.ofString());
	}

	private HttpResponse<String> post(String path, String contentType, String body)
			throws IOException, InterruptedException {
		return http.send(HttpRequest.newBuilder(uri(path))
			.header("Content-Type", contentType)
			.POST(BodyPublishers.ofString(body))
			.build(), BodyHandlers.ofString());
	}

	private URI uri(String path) {
		return URI.create("http://localhost:" + this.context.getEnvironment().getProperty("local.server.port")
				+ "/actuator/" + path);
	}

	@Configuration(proxyBeanMethods = false)
	static class Beans {

		@Bean
		Checkout checkout() {
			return new Checkout();
		}

		@Bean
		SecretValidator validator() {
			return (candidate) -> {
				if ("canary-refused".equals(candidate.get("STRIPE_SECRET_KEY"))) {
					throw new IllegalStateException("canary-refused is refused");
				}
			};
		}

	}

	static class Checkout {

		@Value("${stripe.secret-key}")
		String stripeKey;

	}

}
