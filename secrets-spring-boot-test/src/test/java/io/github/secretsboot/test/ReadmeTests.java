package io.github.secretsboot.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the README claims of each operation what {@code aws-facts.txt} shows.
 */
class ReadmeTests {

	private static final Pattern ROW = Pattern.compile("\\| `(\\w+)` \\| as (\\w+) \\| \\d+\\.\\d+\\.\\d+ \\|");

	private static final Pattern ANSWERED = Pattern.compile("(?m)^(?:\\S+ )?(\\w+) \\{.*\\n=");

	/** The kinds of evidence, the best one first. */
	private static final List<String> EVIDENCE = List.of("recorded", "verified", "documented");

	@Test
	void whenOperationThenReadmeSaysHowFaithfulItIs() throws IOException {
		Map<String, String> claimed = ROW.matcher(Files.readString(Path.of("README.md")))
			.results()
			.collect(Collectors.toMap((row) -> row.group(1), (row) -> row.group(2)));
		Map<String, String> shown = new TreeMap<>();
		for (Operation operation : Operation.values()) {
			shown.put(operation.wireName(), evidence(operation));
		}
		assertThat(claimed).containsExactlyInAnyOrderEntriesOf(shown);
	}

	private static String evidence(Operation operation) throws IOException {
		List<String> facts = Arrays
			.stream(Files.readString(Path.of("src/test/resources/io/github/secretsboot/test/aws-facts.txt"))
				.split("\n\n"))
			.filter((fact) -> ANSWERED.matcher(fact)
				.results()
				.map((MatchResult answered) -> answered.group(1))
				.anyMatch(operation.wireName()::equals))
			.toList();
		return EVIDENCE.stream()
			.filter((kind) -> facts.stream().anyMatch((fact) -> fact.contains("\n" + kind + ": ")))
			.findFirst()
			.orElse("supposed");
	}

}
