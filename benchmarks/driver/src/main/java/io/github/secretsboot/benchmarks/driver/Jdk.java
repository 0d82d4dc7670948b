package io.github.secretsboot.benchmarks.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A JDK to run applications with.
 *
 * @param home where it is
 * @param version its version, such as {@code 17.0.17}
 */
record Jdk(Path home, String version) {

	static Jdk of(Path home) {
		try {
			String version = Files.readAllLines(home.resolve("release"), StandardCharsets.UTF_8)
				.stream()
				.filter((line) -> line.startsWith("JAVA_VERSION="))
				.map((line) -> line.replaceAll("[^0-9.]", ""))
				.findFirst()
				.orElse("unknown");
			return new Jdk(home, version);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static Jdk current() {
		return of(Path.of(System.getProperty("java.home")));
	}

	String java() {
		return this.home.resolve("bin/java").toString();
	}

	int feature() {
		return Integer.parseInt(this.version.split("\\.")[0]);
	}

}
