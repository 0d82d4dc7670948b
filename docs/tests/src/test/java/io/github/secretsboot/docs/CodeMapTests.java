package io.github.secretsboot.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the map of the code shows the code that there is.
 */
class CodeMapTests {

	private static final Path SOURCES = Pages.ROOT
		.resolve("secrets-spring-boot-autoconfigure/src/main/java/io/github/secretsboot");

	private static final Pattern CLASS = Pattern.compile("`([A-Z]\\w+)`");

	private static final Pattern PUBLIC_TYPE = Pattern
		.compile("(?m)^public (?:\\w+ )*(?:class|interface|@interface|enum|record) ");

	private static final Pattern PACKAGE_ROW = Pattern.compile("(?m)^\\| (?:`([a-z0-9.]+)`|\\(root\\)) \\|.*\\|$");

	@Test
	void whenPackageExistsThenContributingHasOneRowForIt() throws IOException {
		assertThat(named("CONTRIBUTING.md", "## Packages", PACKAGE_ROW))
			.containsExactlyInAnyOrderElementsOf(packages());
	}

	@Test
	void whenWayOfAValueNamesAClassThenItNamesItOnceAndItExists() throws IOException {
		assertThat(named("docs/how-it-works.md", "## The classes on the way", CLASS)).hasSizeGreaterThan(20)
			.doesNotHaveDuplicates()
			.isSubsetOf(classes());
	}

	@Test
	void whenTypeIsPublicApiThenSaysSinceWhen() throws IOException {
		try (Stream<Path> testSupport = Files.walk(Pages.ROOT.resolve("secrets-spring-boot-test/src/main/java"));
				Stream<Path> root = Files.list(SOURCES);
				Stream<Path> follow = Files.list(SOURCES.resolve("follow"))
					.filter((file) -> file.getFileName().toString().startsWith("Follower"))) {
			List<Path> types = Stream.of(testSupport, root, follow)
				.flatMap((files) -> files)
				.filter((file) -> file.toString().endsWith(".java"))
				.filter((file) -> PUBLIC_TYPE.matcher(Page.read(file).text()).find())
				.toList();
			assertThat(types).hasSizeGreaterThan(20)
				.allSatisfy((file) -> assertThat(Page.read(file).text()).contains("\n * @since "));
		}
	}

	private static List<String> named(String page, String heading, Pattern pattern) {
		String text = Pages.page(page).text();
		int start = text.indexOf(heading + "\n");
		int end = text.indexOf("\n## ", start + heading.length());
		assertThat(start).as("%s has '%s', and something after it", page, heading).isBetween(0, end);
		return pattern.matcher(text.substring(start, end))
			.results()
			.map((MatchResult match) -> (match.group(1) != null) ? match.group(1) : "")
			.toList();
	}

	private static List<String> packages() throws IOException {
		try (Stream<Path> files = Files.walk(SOURCES)) {
			return files.filter((file) -> file.endsWith("package-info.java"))
				.map((file) -> SOURCES.relativize(file.getParent()).toString().replaceAll("[/\\\\]", "."))
				.toList();
		}
	}

	private static List<String> classes() throws IOException {
		try (Stream<Path> files = Files.walk(SOURCES)) {
			return files.map((file) -> file.getFileName().toString())
				.filter((name) -> name.endsWith(".java"))
				.map((name) -> name.replace(".java", ""))
				.toList();
		}
	}

}
