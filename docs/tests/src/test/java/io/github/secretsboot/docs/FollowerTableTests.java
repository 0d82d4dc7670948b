package io.github.secretsboot.docs;

import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import io.github.secretsboot.follow.Technology;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the table of followers has what can be excluded, and nothing else.
 */
class FollowerTableTests {

	private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z0-9-]+)` \\|.*\\|.*\\|.*\\|.*\\|.*\\|$");

	@Test
	void whenTechnologyFollowsThenItIsInTheTable() {
		List<String> rows = ROW.matcher(Pages.page("docs/reference/followers.md").text())
			.results()
			.map((MatchResult row) -> row.group(1))
			.distinct()
			.toList();
		assertThat(rows)
			.containsExactlyInAnyOrderElementsOf(Arrays.stream(Technology.values()).map(Technology::id).toList());
	}

}
