package io.github.secretsboot.benchmarks.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All rows so far, as a document.
 */
class Results {

	private static final List<String> NAMED_JARS = List.of("spring-boot-", "spring-cloud-aws-starter-secrets-manager-",
			"spring-cloud-context-", "secretsmanager-", "aws-secretsmanager-caching-java-", "jmh-core-");

	private final Options options;

	private final Instant start = Instant.now();

	private final String loadBefore = Machine.load();

	private final Map<Jdk, List<Row>> rows = new LinkedHashMap<>();

	Results(Options options) {
		this.options = options;
	}

	void add(Jdk jdk, List<Row> more) {
		this.rows.computeIfAbsent(jdk, (key) -> new ArrayList<>()).addAll(more);
	}

	void write() {
		try {
			Files.writeString(this.options.output(), toMarkdown());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	String toMarkdown() {
		StringBuilder text = new StringBuilder();
		text.append("# Results\n\n");
		text.append("Written by `benchmarks/run`; [README.md](README.md) says what each row means,"
				+ " [PROFILE.md](PROFILE.md) where the time goes. \"Theirs\" is Spring Cloud AWS's starter unless the row"
				+ " names something else. Times are medians of " + this.options.rounds()
				+ " interleaved rounds; only ratios mean anything on another machine.\n\n");
		text.append("- Date: ").append(this.start.truncatedTo(ChronoUnit.MINUTES)).append(", took ");
		text.append(Duration.between(this.start, Instant.now()).toMinutes()).append(" minutes\n");
		text.append("- Commit: ").append(System.getProperty("benchmark.commit", "unknown")).append('\n');
		text.append("- Machine: ").append(Machine.describe()).append('\n');
		text.append("- Load average before: ").append(this.loadBefore);
		text.append("; after: ").append(Machine.load()).append('\n');
		text.append("- Versions: ").append(versions()).append('\n');
		this.rows.forEach((jdk, ofJdk) -> appendTable(jdk, ofJdk, text));
		return text.toString();
	}

	private void appendTable(Jdk jdk, List<Row> ofJdk, StringBuilder text) {
		text.append("\n## JDK ").append(jdk.version()).append("\n\n");
		text.append("| | ours | theirs | ratio | goal | |\n|---|---:|---:|---:|---|---|\n");
		String group = "";
		for (Row row : ofJdk) {
			if (!row.group().equals(group)) {
				group = row.group();
				text.append("| **").append(group).append("** | | | | | |\n");
			}
			text.append(row.toMarkdown()).append('\n');
		}
	}

	private String versions() {
		Stream<Path> jars = Stream
			.of(Application.INCUMBENT_RELOAD.classPath(this.options.benchmarks()),
					Application.classPath(this.options.benchmarks().resolve("reads"), "reads"))
			.flatMap(List::stream);
		return jars.map((jar) -> jar.getFileName().toString().replace(".jar", ""))
			.filter((jar) -> NAMED_JARS.stream().anyMatch((name) -> jar.matches(name + "\\d.*")))
			.distinct()
			.sorted()
			.collect(Collectors.joining(", "));
	}

}
