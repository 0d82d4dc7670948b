package io.github.secretsboot.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the threat model names a test for each row, and that each of these tests
 * exists.
 */
class ThreatModelTests {

	private static final Pattern TEST = Pattern.compile("`(\\w+Tests)`");

	@Test
	void whenThreatIsDefendedAgainstThenItsTestsExist() throws IOException {
		List<String> threats = threats();
		assertThat(threats).hasSizeGreaterThan(5);
		Set<String> existing = tests();
		for (String threat : threats) {
			List<String> named = TEST.matcher(threat).results().map((match) -> match.group(1)).toList();
			assertThat(existing).as(threat).containsAll(named);
			assertThat(named.isEmpty()).as(threat).isEqualTo(threat.contains("not defended against"));
		}
	}

	@Test
	void whenThereIsATestOfAnActorThenTheThreatModelNamesIt() throws IOException {
		try (Stream<Path> files = Files.walk(Pages.ROOT.resolve("secrets-spring-boot-autoconfigure/src/test/java"))) {
			Set<String> actors = files.filter((file) -> file.getParent().endsWith("threats"))
				.map(ThreatModelTests::className)
				.collect(Collectors.toSet());
			assertThat(actors).isNotEmpty();
			assertThat(TEST.matcher(String.join("\n", threats()))
				.results()
				.map((MatchResult match) -> match.group(1))
				.toList()).containsAll(actors);
		}
	}

	/** The rows of the table, without its head. */
	private static List<String> threats() throws IOException {
		String page = Files.readString(Pages.ROOT.resolve("SECURITY.md"));
		String section = page.substring(page.indexOf("## Threat model"), page.indexOf("## In memory"));
		return section.lines().filter((line) -> line.startsWith("| ")).skip(1).toList();
	}

	private static Set<String> tests() throws IOException {
		try (Stream<Path> files = Files.walk(Pages.ROOT)) {
			return files
				.filter((file) -> file.toString().contains("/src/test/java/") && file.toString().endsWith(".java"))
				.map(ThreatModelTests::className)
				.collect(Collectors.toSet());
		}
	}

	private static String className(Path file) {
		return file.getFileName().toString().replace(".java", "");
	}

}
