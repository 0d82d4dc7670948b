package io.github.secretsboot.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.github.secretsboot.mapping.FrameworkProperties;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares the page on what a secret may set with the rule, applied to the configuration
 * properties of all modules of Spring Boot.
 */
class SettablePropertiesTests {

	private static final String PAGE = "docs/reference/what-a-secret-may-set.md";

	private static final Map<String, JsonNode> properties = inUse(new Metadata().boot());

	/**
	 * Those that are still read: Boot keeps the names of removed ones to explain them.
	 */
	private static Map<String, JsonNode> inUse(Map<String, JsonNode> all) {
		Map<String, JsonNode> inUse = new TreeMap<>(all);
		inUse.values().removeIf((property) -> property.path("deprecation").path("level").asString("").equals("error"));
		return inUse;
	}

	@Test
	void whenModulesAreListedThenAllAreThere() {
		assertThat(properties).hasSizeGreaterThan(2000)
			.containsKeys("spring.main.sources", "spring.devtools.remote.secret", "spring.docker.compose.host",
					"management.endpoints.web.exposure.include", "server.port", "logging.config", "debug",
					"spring.kafka.bootstrap-servers", "spring.data.redis.password", "spring.sendgrid.api-key",
					"spring.security.oauth2.resourceserver.jwt.jwk-set-uri", "spring.grpc.server.port");
	}

	@Test
	void whenRuleIsPrintedThenItIsTheDocumentedOne() {
		Recorded.section(PAGE, "generated: rule",
				"""
						```text
						the framework        %s
						closed               %s
						closed to addresses  %s
						credentials          %s
						addresses            %s
						neither              %s
						```
						""".formatted(text(framework()), text(FrameworkProperties.CLOSED),
						text(FrameworkProperties.WITHOUT_ADDRESSES), text(FrameworkProperties.CREDENTIALS),
						text(FrameworkProperties.ADDRESSES), text(FrameworkProperties.NEITHER)));
	}

	private static List<String> framework() {
		List<String> all = new ArrayList<>(FrameworkProperties.SWITCHES);
		FrameworkProperties.ROOTS.forEach((root) -> all.add(root + ".*"));
		return all;
	}

	/** Names in lines that are not too long. */
	private static String text(List<String> names) {
		StringBuilder text = new StringBuilder();
		int length = 0;
		for (String name : names) {
			text.append(text.isEmpty() ? "" : ", ");
			if (length + name.length() > 110) {
				text.setLength(text.length() - 1);
				text.append("\n").append(" ".repeat(21));
				length = 0;
			}
			text.append(name);
			length += name.length() + 2;
		}
		return text.toString();
	}

	@Test
	void whenBootHasCredentialsThenThePageNamesThoseThatASecretSets() {
		Recorded.section(PAGE, "generated: taken", table("a secret sets", FrameworkProperties::canBeSetBySecret));
	}

	@Test
	void whenBootHasNamesThatLookLikeCredentialsThenThePageNamesThoseThatAreLeftOut() {
		Recorded.section(PAGE, "generated: looks like a credential",
				table("left out", (name) -> !FrameworkProperties.canBeSetBySecret(name) && looksLikeACredential(name)));
	}

	/** As it would be judged in a part of the framework that nothing is said about. */
	private static boolean looksLikeACredential(String name) {
		String last = name.substring(name.lastIndexOf('.') + 1);
		return FrameworkProperties.canBeSetBySecret("spring.any." + last) || FrameworkProperties.NEITHER.contains(last);
	}

	@Test
	void whenBootHasOtherPropertiesThenThePageCountsThem() {
		Map<String, Integer> groups = new TreeMap<>();
		properties.keySet()
			.stream()
			.filter(FrameworkProperties::include)
			.filter((name) -> !FrameworkProperties.canBeSetBySecret(name))
			.forEach((name) -> groups.merge(group(name), 1, Integer::sum));
		Recorded.section(PAGE, "generated: left out", "```text\n"
				+ text(groups.entrySet().stream().map((group) -> group.getKey() + " " + group.getValue()).toList(), 120)
				+ "\n```\n");
	}

	private static String text(List<String> names, int length) {
		return names.stream().collect(Collectors.joining(", ")).replaceAll("(.{1," + length + "}), ", "$1,\n");
	}

	private static String group(String name) {
		String[] elements = name.split("\\.");
		return (elements.length > 2) ? elements[0] + "." + elements[1] : name;
	}

	@Test
	void whenPropertyIsASwitchOrNamesAClassOrAPlaceThenNoSecretSetsIt() {
		assertThat(properties).allSatisfy((name, property) -> {
			if (FrameworkProperties.include(name) && FrameworkProperties.canBeSetBySecret(name)) {
				assertThat(property.path("type").asString("")).as(name)
					.doesNotContain("Boolean", "Class", "Resource", "Duration", "DataSize");
				assertThat(name).doesNotEndWith("-class-name").doesNotEndWith("location").doesNotEndWith("locations");
			}
		});
	}

	/** Parents with the same properties below them share a row. */
	private static String table(String what, Predicate<String> included) {
		Map<String, Set<String>> byParent = new TreeMap<>();
		for (String name : properties.keySet()) {
			if (FrameworkProperties.include(name) && included.test(name)) {
				int dot = name.lastIndexOf('.');
				byParent.computeIfAbsent(name.substring(0, Math.max(dot, 0)), (parent) -> new TreeSet<>())
					.add(name.substring(dot + 1));
			}
		}
		Map<String, Set<String>> parents = new TreeMap<>();
		byParent.forEach((parent, names) -> parents
			.computeIfAbsent(group(parent) + " " + String.join(", ", names), (key) -> new TreeSet<>())
			.add(parent));
		StringBuilder table = new StringBuilder("| below | " + what + " |\n|---|---|\n");
		parents.forEach((key, same) -> table.append("| ")
			.append(same.stream().map((parent) -> "`" + parent + "`").collect(Collectors.joining(", ")))
			.append(" | ")
			.append(key.substring(key.indexOf(' ') + 1))
			.append(" |\n"));
		return table.toString();
	}

}
