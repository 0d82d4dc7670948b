package io.github.secretsboot.benchmarks.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.github.secretsboot.benchmarks.driver.Row.Goal;

/**
 * Jars and bytes on the class path, Boot's starter included, our own two for measuring
 * left out.
 */
class FootprintSuite {

	private static final double MEGABYTE = 1_000_000;

	private final Path benchmarks;

	FootprintSuite(Path benchmarks) {
		this.benchmarks = benchmarks;
	}

	List<Row> run() {
		List<Path> ours = jars(Application.OURS);
		List<Path> theirs = jars(Application.INCUMBENT);
		return List.of(Row.of("Class path", "jars", ours.size(), theirs.size(), "", Goal.ratio(1)),
				Row.of("Class path", "size", bytes(ours) / MEGABYTE, bytes(theirs) / MEGABYTE, "MB", Goal.ratio(1)));
	}

	private List<Path> jars(Application application) {
		return application.classPath(this.benchmarks)
			.stream()
			.filter((jar) -> !jar.getFileName().toString().startsWith("benchmarks-"))
			.toList();
	}

	private long bytes(List<Path> jars) {
		return jars.stream().mapToLong(this::size).sum();
	}

	private long size(Path jar) {
		try {
			return Files.size(jar);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
