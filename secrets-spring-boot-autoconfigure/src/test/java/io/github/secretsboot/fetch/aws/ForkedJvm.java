package io.github.secretsboot.fetch.aws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A JVM of its own for what cannot be undone in one, or needs options.
 */
final class ForkedJvm {

	private final Path directory;

	private final List<String> options;

	private final Map<String, String> environment;

	ForkedJvm(Path directory, List<String> options, Map<String, String> environment) {
		this.directory = directory;
		this.options = options;
		this.environment = environment;
	}

	/**
	 * Run a main class to its end.
	 * @return what it printed
	 */
	List<String> run(Class<?> main, String... arguments) {
		try {
			Path output = this.directory.resolve("output.txt");
			// Keeps the other process from writing to the log of this one
			Path logback = Files.writeString(this.directory.resolve("logback.xml"), "<configuration/>");
			List<String> command = new ArrayList<>();
			command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
			command.addAll(this.options);
			command.addAll(List.of("-Dlogback.configurationFile=" + logback, "-cp",
					System.getProperty("java.class.path"), main.getName()));
			command.addAll(List.of(arguments));
			ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(output.toFile());
			builder.environment().keySet().removeIf((name) -> name.startsWith("AWS_"));
			builder.environment().putAll(this.environment);
			Process process = builder.start();
			try {
				assertThat(process.waitFor(120, TimeUnit.SECONDS)).as(Files.readString(output)).isTrue();
			}
			finally {
				process.destroyForcibly();
			}
			assertThat(process.exitValue()).as(Files.readString(output)).isZero();
			return Files.readAllLines(output);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
