package io.github.secretsboot.docs;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import groovy.lang.GroovyShell;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringBootVersion;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compiles the build file of the page on Gradle, as far as that is possible without
 * Gradle, and compares its coordinates with this build's.
 */
class GradleTests {

	private static final Pattern PLUGIN = Pattern.compile("id 'org\\.springframework\\.boot' version '([^']+)'");

	private static final Pattern DEPENDENCY = Pattern.compile("'([\\w.-]+):([\\w.-]+)(?::([\\w.-]+))?'");

	/** Surefire brings its own. */
	private static final String LAUNCHER = "junit-platform-launcher";

	private static final Page PAGE = Pages.page("docs/how-to/gradle.md");

	private static final String BUILD_FILE = PAGE.blockAfter("build.gradle").text();

	@Test
	void whenBuildFileThenIsGroovy() {
		assertThat(new GroovyShell().parse(BUILD_FILE)).isNotNull();
	}

	@Test
	void whenSpringBootPluginThenHasTheVersionOfThisBuild() {
		assertThat(PLUGIN.matcher(BUILD_FILE).results()).singleElement()
			.extracting((plugin) -> plugin.group(1))
			.isEqualTo(SpringBootVersion.getVersion());
	}

	@Test
	void whenDependencyThenIsOneOfThisBuildInItsVersion() {
		String classPath = System.getProperty("java.class.path").replace('\\', '/');
		List<MatchResult> dependencies = DEPENDENCY.matcher(PAGE.text())
			.results()
			.filter((dependency) -> !dependency.group(2).equals(LAUNCHER))
			.toList();
		assertThat(dependencies).hasSizeGreaterThan(5).allSatisfy((dependency) -> {
			String artifact = dependency.group(2);
			String version = dependency.group(3);
			assertThat(classPath.contains("/" + artifact + "/")).as(artifact).isTrue();
			if (dependency.group(1).equals("io.github.secretsboot")) {
				assertThat(Pages.page("pom.xml").text())
					.contains("<artifactId>secrets-spring-boot</artifactId>\n\t<version>" + version + "</version>");
			}
			else if (version != null) {
				assertThat(classPath.contains("/" + artifact + "-" + version + ".jar")).as(version).isTrue();
			}
		});
	}

}
