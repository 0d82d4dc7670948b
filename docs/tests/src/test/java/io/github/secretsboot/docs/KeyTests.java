package io.github.secretsboot.docs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.github.secretsboot.env.SecretsProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that each configuration key that a page mentions exists, and that each of ours is
 * in the reference.
 */
class KeyTests {

	private static final String REFERENCE = "docs/reference/keys.md";

	private static final Pattern KEY = Pattern.compile(
			"(?<![\\w./-])(?:secrets|spring|management|server)\\.[a-z][a-z0-9-]*(?:\\.[a-z0-9-]+|\\[[0-9]*])*(?![\\w(/])");

	private static final Metadata metadata = new Metadata();

	@ParameterizedTest
	@MethodSource("io.github.secretsboot.docs.Pages#all")
	void whenKeyIsMentionedThenItExists(Page page) {
		List<String> texts = new ArrayList<>(page.inlineCode());
		page.blocks().stream().filter((block) -> block.language().equals("sh")).map(Block::text).forEach(texts::add);
		Set<String> unknown = new TreeSet<>();
		for (String text : texts) {
			KEY.matcher(text).results().map((key) -> key.group()).filter((key) -> !isKnown(key)).forEach(unknown::add);
		}
		assertThat(unknown).as(page.name()).isEmpty();
	}

	private boolean isKnown(String key) {
		return metadata.knows(key) || metadata.knowsPrefix(key.replaceAll("\\[[^]]*]", ""))
				|| Meters.NAMES.contains(key);
	}

	@Test
	void whenKeyIsOursThenItIsInTheReference() {
		String rows = metadata.own()
			.entrySet()
			.stream()
			.map((property) -> row(property.getKey(), property.getValue()))
			.collect(Collectors.joining());
		Recorded.section(REFERENCE, "generated from the metadata",
				"| key | type | default | meaning |\n|---|---|---|---|\n" + rows);
	}

	private static String row(String name, JsonNode property) {
		JsonNode value = property.path("defaultValue");
		return "| `%s` | %s | %s | %s |\n".formatted(name, type(property.path("type").asString()),
				value.isMissingNode() ? "" : "`" + value.asString() + "`",
				property.path("description").asString().replaceAll("(?<!\\w)'([^']+)'", "`$1`"));
	}

	private static String type(String name) {
		String element = name.replaceAll(".*<(.*)>", "$1");
		String list = element.equals(name) ? "" : "list of ";
		Class<?> type = ClassUtils.resolveClassName(element, null);
		if (type.isEnum()) {
			return list + Arrays.stream(type.getEnumConstants())
				.map((constant) -> "`" + constant.toString().toLowerCase(Locale.ROOT).replace('_', '-') + "`")
				.collect(Collectors.joining(", "));
		}
		if (type == SecretsProperties.Source.class) {
			return "[entries](#entries-of-secretssources)";
		}
		return list + switch (type.getSimpleName()) {
			case "String" -> "text";
			case "Boolean" -> "boolean";
			case "Integer", "Double", "BigDecimal" -> "number";
			case "Duration" -> "duration";
			default -> type.getSimpleName();
		};
	}

	@Test
	void whenEntryOfSourcesHasMemberThenItIsInTheReferenceAndTheReverse() {
		String section = Pages.page(REFERENCE).section("entries");
		Set<String> documented = Pattern.compile("(?m)^\\| `([a-z-]+)` \\|")
			.matcher(section)
			.results()
			.map((row) -> row.group(1))
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(documented).isEqualTo(SourceMembers.names());
	}

	/**
	 * Names that look like keys and are meters.
	 */
	private static final class Meters {

		static final Set<String> NAMES = Pattern.compile("(?m)^\\| `(secrets\\.[a-z.]+)` \\|")
			.matcher(Pages.page("docs/observability/README.md").text())
			.results()
			.map((row) -> row.group(1))
			.collect(Collectors.toSet());

	}

}
