package io.github.secretsboot.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.secretsboot.env.SystemProperties;
import io.github.secretsboot.env.TestApplication;
import io.github.secretsboot.test.SecretsManagerServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what an application without secrets is spared.
 */
class DisabledTests {

	@TempDir
	Path directory;

	/**
	 * Boot makes an instance of Spring Cloud AWS's {@code ConfigDataLocationResolver},
	 * and with it the JVM loads the interfaces of the SDK's client builders.
	 */
	@Test
	void whenSecretsAreDisabledThenNoClassOfTheSdkIsLoadedExceptTheInterfacesOfItsBuilders() throws Exception {
		assertThat(loadedClasses("--secrets.enabled=false", "--secrets.sources=myapp/token")).isNotEmpty()
			.filteredOn((line) -> line.contains(" software.amazon.awssdk."))
			.allMatch(
					(line) -> line.matches(".* software\\.amazon\\.awssdk\\.[a-z.]+\\.builder\\.[A-Za-z]+ source: .*"));
	}

	@Test
	void whenNoSourcesAreListedThenNoRegionIsNeeded() {
		try (SystemProperties none = SystemProperties.withoutAws();
				ConfigurableApplicationContext context = TestApplication.builder().run()) {
			assertThat(context.isActive()).isTrue();
		}
	}

	@Test
	void whenNoSourcesAreListedThenNoCallIsMade() {
		try (SecretsManagerServer server = SecretsManagerServer.start()) {
			TestApplication.run(server).close();
			assertThat(server.calls()).isZero();
		}
	}

	private List<String> loadedClasses(String... arguments) throws IOException, InterruptedException {
		Path classes = this.directory.resolve("classes.txt");
		Path output = this.directory.resolve("output.txt");
		ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xlog:class+load:file=" + classes, "-cp", System.getProperty("java.class.path"), Main.class.getName());
		builder.command().addAll(List.of(arguments));
		builder.command().add("--logging.config=" + logback().toUri());
		builder.environment().keySet().removeIf((name) -> name.startsWith("AWS_"));
		Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
		try {
			assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
		}
		finally {
			process.destroyForcibly();
		}
		assertThat(process.exitValue()).as(Files.readString(output)).isZero();
		return Files.readAllLines(classes);
	}

	/** Keeps the other process from writing to the log of this one. */
	private Path logback() throws IOException {
		return Files.writeString(this.directory.resolve("logback.xml"), "<configuration/>");
	}

	/**
	 * What runs in a process of its own.
	 */
	static class Main {

		public static void main(String[] args) {
			TestApplication.builder().run(args).close();
		}

	}

}
