package io.github.secretsboot.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what the workflows may do, and with whose code and which secrets.
 */
class WorkflowTests {

	private static final Path GITHUB = Pages.ROOT.resolve(".github");

	private static final Pattern PINNED = Pattern
		.compile("\\s*(- )?uses: actions/[a-z-]+@[0-9a-f]{40} # v\\d+\\.\\d+\\.\\d+");

	private static final Set<String> READ_ONLY = Set.of("read", "none");

	static List<Path> workflows() throws IOException {
		try (Stream<Path> files = Files.list(GITHUB.resolve("workflows"))) {
			return files.toList();
		}
	}

	@ParameterizedTest
	@MethodSource("workflows")
	void whenActionIsUsedThenItsCommitIsPinned(Path workflow) throws IOException {
		List<String> uses = Files.readAllLines(workflow).stream().filter((line) -> line.contains("uses:")).toList();
		assertThat(uses).isNotEmpty().allMatch((line) -> PINNED.matcher(line).matches());
		assertThat(steps(read(workflow)).filter((step) -> step.containsKey("uses"))).hasSameSizeAs(uses);
	}

	@ParameterizedTest
	@MethodSource("workflows")
	void whenJobRunsThenItsTokenCanOnlyRead(Path workflow) {
		Map<String, Object> document = read(workflow);
		assertThat(map(document.get("permissions")).values()).allMatch(READ_ONLY::contains);
		jobs(document).forEach((name, job) -> {
			if (!name.equals("publish")) {
				assertThat(map(job.getOrDefault("permissions", Map.of())).values()).allMatch(READ_ONLY::contains);
			}
		});
	}

	@ParameterizedTest
	@MethodSource("workflows")
	void whenScriptRunsThenNothingIsPastedIntoIt(Path workflow) {
		assertThat(steps(read(workflow)).map((step) -> step.getOrDefault("run", "").toString()))
			.noneMatch((script) -> script.contains("${{"));
	}

	@ParameterizedTest
	@MethodSource("workflows")
	void whenSourcesAreCheckedOutThenNoTokenStays(Path workflow) {
		assertThat(steps(read(workflow)).filter((step) -> step.toString().contains("actions/checkout")))
			.allMatch((step) -> map(step.get("with")).get("persist-credentials").equals(false));
	}

	@Test
	void whenReleaseIsBuiltThenNoSecretIsThere() {
		Map<String, Object> build = release("build");
		assertThat(build.toString()).doesNotContain("secrets.", "environment=", "cache=");
		assertThat(build.get("permissions")).isEqualTo(Map.of("contents", "read"));
	}

	@Test
	void whenSecretsAreThereThenNothingOfOursRuns() {
		Map<String, Object> publish = release("publish");
		assertThat(publish).containsEntry("needs", "build").containsEntry("environment", "maven-central");
		assertThat(publish.get("permissions")).isEqualTo(Map.of("id-token", "write", "attestations", "write"));
		assertThat(publish.toString()).doesNotContain("actions/checkout", "mvn", "java");
		// Each secret is given to the one step that needs it
		assertThat(map(publish.getOrDefault("env", Map.of())).toString()).doesNotContain("secrets.");
	}

	@Test
	void whenReleaseIsUploadedThenItIsAttestedAndNotPublishedByItself() {
		assertThat(release("publish").toString()).contains("actions/attest-build-provenance", "USER_MANAGED")
			.doesNotContain("AUTOMATIC");
		assertThat(Pages.ROOT.resolve("pom.xml")).content().doesNotContain("autoPublish", "central-publishing");
	}

	@Test
	void whenChangeIsPushedThenWhatTheProjectRunsIsRun() {
		assertThat(steps(read(GITHUB.resolve("workflows/build.yml"))).map((step) -> step.get("run")))
			.contains(".ci/run");
		assertThat(Files.isExecutable(Pages.ROOT.resolve(".ci/run"))).isTrue();
	}

	@Test
	void whenActionHasANewVersionThenDependabotProposesIt() {
		assertThat(read(GITHUB.resolve("dependabot.yml")).get("updates").toString())
			.contains("package-ecosystem=github-actions");
	}

	private static Map<String, Object> release(String job) {
		return jobs(read(GITHUB.resolve("workflows/release.yml"))).get(job);
	}

	private static Map<String, Object> read(Path file) {
		try {
			return map(new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> map(Object value) {
		return (Map<String, Object>) value;
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Map<String, Object>> jobs(Map<String, Object> document) {
		return (Map<String, Map<String, Object>>) document.get("jobs");
	}

	@SuppressWarnings("unchecked")
	private static Stream<Map<String, Object>> steps(Map<String, Object> document) {
		return jobs(document).values()
			.stream()
			.flatMap((job) -> ((List<Map<String, Object>>) job.get("steps")).stream());
	}

}
