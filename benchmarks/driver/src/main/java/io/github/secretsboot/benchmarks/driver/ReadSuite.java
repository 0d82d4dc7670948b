package io.github.secretsboot.benchmarks.driver;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.github.secretsboot.benchmarks.driver.Row.Goal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reading a secret that has been loaded: runs JMH and picks its scores.
 */
class ReadSuite {

	private static final String ENVIRONMENT = "Environment.getProperty";

	/** Later imports win, so the incumbent comes to the first secret last. */
	private static final String SEARCHED_LAST = "first";

	private static final String SECRETS = "One value of one of 50 secrets, in code";

	private static final List<String> SETTINGS = List.of("-f", "1", "-wi", "3", "-w", "500ms", "-i", "5", "-r", "500ms",
			"-prof", "gc", "-rf", "json", "-foe", "true");

	private final Path benchmarks;

	private final Jdk jdk;

	private final Map<String, Score> scores = new LinkedHashMap<>();

	ReadSuite(Path benchmarks, Jdk jdk) {
		this.benchmarks = benchmarks;
		this.jdk = jdk;
	}

	List<Row> run() {
		measure("EnvironmentReads", 1);
		measure("VariableReads", 1);
		measure("SecretReads", 1);
		measure("SecretReads", 2);
		List<Row> rows = new ArrayList<>();
		for (String position : List.of(SEARCHED_LAST, "last")) {
			for (int secrets : new int[] { 1, 10, 50 }) {
				addEnvironment("%s of %d secrets".formatted(position, secrets),
						"EnvironmentReads.%s:%%s:%d".formatted(position, secrets), secrets == 50, rows);
			}
		}
		addEnvironment("last of 50 secrets, as `SECRET_49_PASSWORD`", "VariableReads.read:%s", false, rows);
		addGrowth(rows);
		for (int threads : new int[] { 1, 2 }) {
			addSecrets(threads, rows);
		}
		return rows;
	}

	private void addEnvironment(String name, String key, boolean hasGoal, List<Row> rows) {
		Score ours = score(key.formatted("ours"));
		Score map = score(key.formatted("map"));
		Score theirs = score(key.formatted("incumbent"));
		rows.add(Row.of(ENVIRONMENT, name, ours.nanos(), theirs.nanos(), "ns",
				(hasGoal && name.startsWith(SEARCHED_LAST)) ? Goal.ratio(0.25) : null));
		rows.add(Row.of(ENVIRONMENT, name + ", theirs: one `MapPropertySource`", ours.nanos(), map.nanos(), "ns",
				hasGoal ? Goal.ratio(1.2) : null));
		rows.add(Row.of(ENVIRONMENT, name + ", allocated", ours.bytes(), theirs.bytes(), "B", null));
	}

	private void addGrowth(List<Row> rows) {
		Score few = score("EnvironmentReads.last:ours:1");
		Score many = score("EnvironmentReads.last:ours:50");
		rows.add(Row.of(ENVIRONMENT, "last of 50 secrets, theirs: ours with 1 secret", many.nanos(), few.nanos(), "ns",
				Goal.ratio(1.2)));
	}

	private void addSecrets(int threads, List<Row> rows) {
		String suffix = (threads > 1) ? "@" + threads : "";
		String with = (threads > 1) ? ", " + threads + " threads" : "";
		boolean hasGoal = threads == 1;
		Score snapshot = score("SecretReads.snapshot" + suffix);
		Score get = score("SecretReads.secrets" + suffix);
		Score map = score("SecretReads.hashMap" + suffix);
		Score cache = score("SecretReads.cache" + suffix);
		Score json = score("SecretReads.cacheAndJson" + suffix);
		rows.add(Row.of(SECRETS, "`SecretSnapshot.get`, theirs: `HashMap.get`" + with, snapshot.nanos(), map.nanos(),
				"ns", hasGoal ? Goal.ratio(5) : null));
		rows.add(new Row(SECRETS, "`SecretSnapshot.get`, allocated" + with, snapshot.bytes(), null, "B",
				hasGoal ? Goal.value(0) : null));
		rows.add(Row.of(SECRETS, "`Secrets.get(name).get(key)`, theirs: `HashMap.get`" + with, get.nanos(), map.nanos(),
				"ns", hasGoal ? Goal.ratio(5) : null));
		rows.add(Row.of(SECRETS, "the same, theirs: caching library" + with, get.nanos(), cache.nanos(), "ns", null));
		rows.add(Row.of(SECRETS, "the same, theirs: caching library and JSON" + with, get.nanos(), json.nanos(), "ns",
				null));
		rows.add(Row.of(SECRETS, "the same, theirs: caching library, allocated" + with, get.bytes(), cache.bytes(), "B",
				hasGoal ? Goal.value(0) : null));
		rows.add(Row.of(SECRETS, "the same, theirs: caching library and JSON, allocated" + with, get.bytes(),
				json.bytes(), "B", null));
	}

	private void measure(String benchmark, int threads) {
		try {
			Path results = Files.createTempFile("benchmark", ".json");
			List<String> command = new ArrayList<>(List.of(this.jdk.java(), "-cp", classPath(), "org.openjdk.jmh.Main",
					"\\." + benchmark + "\\.", "-t", String.valueOf(threads), "-rff", results.toString()));
			command.addAll(SETTINGS);
			Path log = Files.createTempFile("benchmark", ".log");
			int exit = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(log.toFile())
				.start()
				.waitFor();
			if (exit != 0) {
				throw new IllegalStateException(Files.readString(log));
			}
			for (JsonNode result : JsonMapper.shared().readTree(results)) {
				this.scores.put(key(result, threads), score(result));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private String classPath() {
		return Application.classPath(this.benchmarks.resolve("reads"), "reads")
			.stream()
			.map(Path::toString)
			.collect(Collectors.joining(File.pathSeparator));
	}

	private String key(JsonNode result, int threads) {
		String[] name = result.path("benchmark").asString().split("\\.");
		StringBuilder key = new StringBuilder(name[name.length - 2] + "." + name[name.length - 1]);
		for (String parameter : List.of("kind", "secrets")) {
			JsonNode value = result.path("params").path(parameter);
			if (!value.isMissingNode()) {
				key.append(':').append(value.asString());
			}
		}
		return key + ((threads > 1) ? "@" + threads : "");
	}

	private Score score(JsonNode result) {
		List<Double> nanos = new ArrayList<>();
		result.path("primaryMetric").path("rawData").path(0).forEach((value) -> nanos.add(value.asDouble()));
		double bytes = result.path("secondaryMetrics").path("gc.alloc.rate.norm").path("score").asDouble();
		return new Score(Samples.median(nanos, Double::doubleValue), Math.rint(bytes));
	}

	private Score score(String key) {
		@Nullable Score score = this.scores.get(key);
		if (score == null) {
			throw new IllegalStateException("No score of " + key + " among " + this.scores.keySet());
		}
		return score;
	}

	/**
	 * What one operation takes.
	 *
	 * @param nanos the median time
	 * @param bytes what it allocates
	 */
	private record Score(double nanos, double bytes) {
	}

}
