package io.github.secretsboot.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.secretsboot.FailureReason;
import io.github.secretsboot.env.TestApplication;
import io.github.secretsboot.fetch.CallOperation;
import io.github.secretsboot.refresh.PassObserver;
import io.github.secretsboot.refresh.SecretsEngine;
import io.github.secretsboot.refresh.SourceState;
import io.github.secretsboot.test.SecretsManagerServer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that what {@code docs/observability} says about meters is what a running
 * application emits, and the other way round.
 */
class ObservabilityDocumentationTests {

	private static final Path DOCS = Path.of("../docs/observability");

	private static final Pattern METRIC = Pattern.compile("\\bsecrets_[a-z_]+");

	private static final Pattern LABEL_VALUES = Pattern.compile("(\\w+)\\s*(?:=|!=|=~)\\s*\"([a-z|]+)\"");

	private static Map<String, Set<String>> meters;

	private static String scrape;

	@BeforeAll
	static void runApplicationThatRotates() {
		try (SecretsManagerServer server = SecretsManagerServer.start()) {
			server.create("a", "{\"KEY\":\"canary-1\"}");
			server.create("b", "{\"OTHER\":\"canary-1\"}");
			try (ConfigurableApplicationContext context = TestApplication.run(server, "--secrets.sources[0]=a",
					"--secrets.sources[1]=b", "--management.prometheus.metrics.export.enabled=true")) {
				server.rotate("a", "{\"KEY\":\"canary-2\"}");
				context.getBean(SecretsEngine.class).refresh();
				PrometheusMeterRegistry registry = context.getBean(PrometheusMeterRegistry.class);
				scrape = registry.scrape();
				meters = meters(registry.getMeters());
			}
		}
	}

	private static Map<String, Set<String>> meters(List<Meter> meters) {
		Map<String, Set<String>> tags = new TreeMap<>();
		meters.stream().map(Meter::getId).filter((id) -> id.getName().startsWith("secrets.")).forEach((id) -> {
			Set<String> keys = tags.computeIfAbsent(id.getName(), (name) -> new TreeSet<>());
			id.getTags().forEach((tag) -> keys.add(tag.getKey()));
		});
		return tags;
	}

	@AfterAll
	static void forgetApplication() {
		meters = null;
		scrape = null;
	}

	@Test
	void whenApplicationRunsThenMetersAndTagsAreThoseOfTheTable() throws IOException {
		Map<String, Set<String>> documented = new TreeMap<>();
		rows().forEach((row) -> documented.put(code(row[1]).iterator().next(), code(row[3])));
		assertThat(meters).isEqualTo(documented);
	}

	@Test
	void whenApplicationIsScrapedThenPrometheusNamesAreThoseOfTheTable() throws IOException {
		Set<String> documented = rows().map((row) -> code(row[4]).iterator().next()).collect(Collectors.toSet());
		assertThat(documented)
			.allSatisfy((name) -> assertThat(emitted()).anyMatch((metric) -> metric.startsWith(name)));
		assertThat(emitted()).allSatisfy((metric) -> assertThat(documented)
			.anyMatch((name) -> metric.matches(Pattern.quote(name) + "(_count|_sum|_max)?")));
	}

	@Test
	void whenApplicationIsScrapedThenMetersAreThoseOfTheEnums() {
		Set<String> enums = Stream
			.concat(Stream.of(SecretsMeterDocumentation.values()).map(SecretsMeterDocumentation::getName),
					Stream.of(SecretsObservationDocumentation.values()).map(SecretsObservationDocumentation::getName))
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(meters.keySet()).isEqualTo(enums);
	}

	@Test
	void whenDashboardIsImportedThenItsPanelsFindTheirMetrics() throws IOException {
		JsonNode dashboard = JsonMapper.shared().readTree(Files.readString(DOCS.resolve("grafana-dashboard.json")));
		List<String> expressions = dashboard.findValuesAsString("expr");
		assertThat(dashboard.path("title").asString()).isNotEmpty();
		assertThat(dashboard.path("panels").values()).hasSizeGreaterThan(10)
			.allSatisfy((panel) -> assertThat(panel.path("targets").values()).isNotEmpty());
		assertThat(dashboard.path("panels").findValuesAsString("id")).doesNotHaveDuplicates();
		assertThat(expressions).allSatisfy((expression) -> {
			assertThat(metrics(expression)).as(expression).isNotEmpty();
			assertThat(emitted()).as(expression).containsAll(metrics(expression));
			assertThatLabelsExist(expression);
		});
		assertThat(
				expressions.stream().flatMap((expression) -> metrics(expression).stream()).collect(Collectors.toSet()))
			.as("everything that is emitted has a place in the dashboard")
			.containsAll(emitted().stream().filter((metric) -> !metric.endsWith("_max_age_seconds")).toList());
	}

	@Test
	@SuppressWarnings("unchecked")
	void whenAlertsAreLoadedThenTheirExpressionsFindTheirMetrics() throws IOException {
		Map<String, Object> alerts = new Yaml().load(Files.readString(DOCS.resolve("alerts.yml")));
		List<Map<String, Object>> groups = (List<Map<String, Object>>) alerts.get("groups");
		List<Map<String, Object>> rules = groups.stream()
			.flatMap((group) -> ((List<Map<String, Object>>) group.get("rules")).stream())
			.toList();
		assertThat(rules).extracting((rule) -> rule.get("alert"))
			.containsExactly("SecretStale", "SecretsRefreshFailing", "SecretVersionRejected",
					"SecretConsumerFrozenAfterRotation");
		assertThat(rules).allSatisfy((rule) -> {
			String expression = (String) rule.get("expr");
			assertThat(emitted()).as(expression).containsAll(metrics(expression));
			assertThatLabelsExist(expression);
			assertThat((Map<String, String>) rule.get("labels")).containsKey("severity");
			assertThat((Map<String, String>) rule.get("annotations")).containsKeys("summary", "description");
		});
	}

	@Test
	void whenApplicationIsScrapedThenNoValueIsInIt() {
		assertThat(scrape).contains("secret=\"a\"").doesNotContain("canary");
	}

	/**
	 * A label that is compared with a value exists, and the value can occur.
	 */
	private static void assertThatLabelsExist(String expression) {
		Map<String, Set<String>> values = Map.of("state", names(SourceState.Status.values(), Enum::name), "outcome",
				Stream
					.of(Set.of("success"), names(PassObserver.Outcome.values(), PassObserver.Outcome::code),
							names(FailureReason.values(), FailureReason::code))
					.flatMap(Set::stream)
					.collect(Collectors.toSet()),
				"operation", names(CallOperation.values(), CallOperation::awsName));
		LABEL_VALUES.matcher(expression)
			.results()
			.forEach((label) -> assertThat(values.get(label.group(1))).as(expression)
				.contains(label.group(2).split("\\|")));
	}

	private static <T> Set<String> names(T[] values, Function<T, String> name) {
		return Stream.of(values)
			.map((value) -> name.apply(value))
			.flatMap((text) -> Stream.of(text, text.toLowerCase()))
			.collect(Collectors.toSet());
	}

	private static Set<String> emitted() {
		return scrape.lines()
			.filter((line) -> line.startsWith("secrets_"))
			.map((line) -> line.split("[{ ]")[0])
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static Set<String> metrics(String expression) {
		return METRIC.matcher(expression).results().map(MatchResult::group).collect(Collectors.toSet());
	}

	private static Stream<String[]> rows() throws IOException {
		return Files.readAllLines(DOCS.resolve("README.md"))
			.stream()
			.filter((line) -> line.startsWith("| `secrets."))
			.map((line) -> line.split("\\|"));
	}

	private static Set<String> code(String cell) {
		return Pattern.compile("`([^`]+)`")
			.matcher(cell)
			.results()
			.map((match) -> match.group(1))
			.collect(Collectors.toCollection(TreeSet::new));
	}

}
