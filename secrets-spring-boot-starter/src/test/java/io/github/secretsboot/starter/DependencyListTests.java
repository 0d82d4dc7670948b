package io.github.secretsboot.starter;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares {@code docs/dependencies.md} with what the starter really brings, by the bill
 * of materials that the build has made of it.
 */
class DependencyListTests {

	private static final Path LIST = Path.of("..", "docs", "dependencies.md");

	private static final Path BILL = Path.of("target", "secrets-spring-boot-starter-cyclonedx.json");

	private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\| ([^|]+) \\| (\\S.*) \\|$");

	@Test
	void whenStarterIsBuiltThenListNamesAllItsDependenciesAndLicences() throws Exception {
		Set<String> listed = new TreeSet<>();
		Matcher row = ROW.matcher(Files.readString(LIST));
		while (row.find()) {
			listed.add(row.group(1) + " " + row.group(2));
		}
		Set<String> real = new TreeSet<>();
		for (JsonNode component : JsonMapper.shared().readTree(BILL.toFile()).path("components")) {
			real.add(component.path("group").asString() + ":" + component.path("name").asString() + " "
					+ licences(component.path("licenses")));
		}
		assertThat(real).hasSizeGreaterThan(30).isEqualTo(listed);
	}

	private static String licences(JsonNode licences) {
		return StreamSupport.stream(licences.spliterator(), false)
			.map((licence) -> licence.path("license")
				.path("id")
				.asString(licence.path("license").path("name").asString()))
			.collect(Collectors.joining(" or "));
	}

}
