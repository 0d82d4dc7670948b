package io.github.secretsboot.sample;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.stream.Collectors;

import io.github.secretsboot.Secrets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link EventStream}.
 */
class EventStreamTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final HttpClient client = HttpClient.newHttpClient();

	private final LocalServices services = LocalServices.start(Clock.systemUTC());

	private ConfigurableApplicationContext application;

	@BeforeEach
	void run() {
		SpringApplication application = new SpringApplication(SampleApplication.class);
		application.setDefaultProperties(Map.of("server.port", "0"));
		this.application = application.run(this.services.arguments("--secrets.refresh.enabled=false"));
	}

	@AfterEach
	void stop() {
		this.application.close();
		this.services.close();
	}

	@Test
	void whenPageOpensThenIsToldEverythingAtOnce() throws Exception {
		this.application.getBean(ChargeController.class).charge(new ChargeRequest(1999L, "EUR"));
		try (InputStream stream = open().body(); Scanner lines = lines(stream)) {
			JsonNode state = next(lines);
			assertThat(state.path("key").asString()).isEqualTo("sk_t…0001");
			assertThat(state.at("/charges/accepted").asInt()).isOne();
			assertThat(state.at("/charges/seconds/0/accepted/sk_t…0001").asInt()).isOne();
			assertThat(state.at("/secrets/sources/0/state").asString()).isEqualTo("current");
			assertThat(state.at("/secrets/consumers/0/mode").asString()).isEqualTo("live");
			assertThat(state.path("controls").isNull()).isTrue();
		}
	}

	@Test
	void whenSecretsFailAndRotateThenPageIsToldOnceEach() throws Exception {
		try (InputStream stream = open().body(); Scanner lines = lines(stream)) {
			next(lines);
			this.services.disturb(Disturbance.THROTTLING, true);
			refresh();
			refresh();
			this.services.disturb(Disturbance.THROTTLING, false);
			refresh();
			awaitHappenings(lines, List.of("failing", "recovered"));
			String version = this.services.rotateKey();
			refresh();
			JsonNode state = awaitHappenings(lines, List.of("failing", "recovered", "rotated"));
			assertThat(state.path("key").asString()).isEqualTo("sk_t…0002");
			assertThat(state.path("rotations").asInt()).isOne();
			assertThat(state.at("/happenings/0/reason").asString()).isEqualTo("throttled");
			assertThat(state.at("/happenings/2/newVersionId").asString()).isEqualTo(version);
			assertThat(state.at("/happenings/2/properties/0").asString()).isEqualTo("STRIPE_SECRET_KEY");
			assertThat(state.at("/happenings/2/lagMillis").asLong()).isBetween(0L, 20_000L);
		}
	}

	@Test
	void whenTooManyPagesAreOpenThenRefusesUntilOneCloses() throws Exception {
		List<InputStream> open = new ArrayList<>();
		for (int i = 0; i < EventStream.MAX_PAGES; i++) {
			open.add(open().body());
		}
		HttpResponse<InputStream> refused = open();
		assertThat(refused.statusCode()).isEqualTo(503);
		refused.body().close();
		open.get(0).close();
		await().atMost(PATIENCE).until(() -> {
			HttpResponse<InputStream> accepted = open();
			open.add(accepted.body());
			return accepted.statusCode() == 200;
		});
		for (InputStream stream : open) {
			stream.close();
		}
	}

	@Test
	void whenApplicationStopsThenDoesNotWaitForPages() throws Exception {
		try (InputStream stream = open().body(); Scanner lines = lines(stream)) {
			next(lines);
			long start = System.nanoTime();
			this.application.close();
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
			while (lines.hasNextLine()) {
				lines.nextLine();
			}
		}
		assertThat(Thread.getAllStackTraces().keySet().stream().map(Thread::getName).collect(Collectors.toSet()))
			.doesNotContain("page-timer");
	}

	private void refresh() {
		this.application.getBean(Secrets.class).refresh();
	}

	private JsonNode awaitHappenings(Scanner lines, List<String> kinds) {
		for (int i = 0; i < 20; i++) {
			JsonNode state = next(lines);
			if (state.path("happenings")
				.valueStream()
				.map((happening) -> happening.path("kind").asString())
				.toList()
				.equals(kinds)) {
				return state;
			}
		}
		throw new AssertionError("The page was not told " + kinds);
	}

	private HttpResponse<InputStream> open() throws Exception {
		URI events = URI.create(
				"http://localhost:" + this.application.getEnvironment().getProperty("local.server.port") + "/events");
		return this.client.send(HttpRequest.newBuilder(events).build(), BodyHandlers.ofInputStream());
	}

	private static Scanner lines(InputStream stream) {
		return new Scanner(stream, StandardCharsets.UTF_8);
	}

	private static JsonNode next(Scanner lines) {
		String line = lines.nextLine();
		while (!line.startsWith("data:")) {
			line = lines.nextLine();
		}
		return JsonMapper.shared().readTree(line.substring("data:".length()));
	}

}
