package io.github.secretsboot.docs;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a block after {@code <!-- source: file -->} is that file, without its
 * package.
 */
class IncludedSourceTests {

	private static final Pattern SOURCE = Pattern.compile("<!-- (source: (\\S+)) -->");

	private static final Pattern TYPE = Pattern.compile("\n(?=@|class )");

	private static final Pattern IMPORTS = Pattern.compile("(?m)^import [^/@]*;\\n");

	@TestFactory
	Stream<DynamicTest> whenPageShowsAFileThenItIsTheFile() {
		List<DynamicTest> tests = Pages.all()
			.stream()
			.flatMap((page) -> SOURCE.matcher(page.text())
				.results()
				.map((source) -> DynamicTest.dynamicTest(page.name() + " " + source.group(2),
						() -> Recorded.block(page.name(), source.group(1), body(source.group(2))))))
			.toList();
		assertThat(tests).isNotEmpty();
		return tests.stream();
	}

	private static String body(String file) {
		String text = Pages.page(file).text();
		String imports = IMPORTS.matcher(text).results().map(MatchResult::group).collect(Collectors.joining());
		String type = TYPE.split(text, 2)[1].replace("\t", "    ");
		return imports.isEmpty() ? type : imports + "\n" + type;
	}

}
