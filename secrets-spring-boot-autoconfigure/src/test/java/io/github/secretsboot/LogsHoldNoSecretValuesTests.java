package io.github.secretsboot;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Searches what all other tests logged and reported for the values of their secrets,
 * which all contain a marker. Run by Maven after the other tests.
 */
class LogsHoldNoSecretValuesTests {

	private static final byte[] MARKER = "canary-".getBytes(StandardCharsets.US_ASCII);

	private static final Path TRACE_LOG = Path.of("target", "trace.log");

	private static final Path REPORTS = Path.of("target", "surefire-reports");

	@Test
	void whenTestsHaveRunThenTraceLogIsWritten() {
		assertThat(TRACE_LOG).isNotEmptyFile();
	}

	@Test
	void whenTestsHaveRunThenNothingTheyWroteHoldsAValue() throws IOException {
		List<String> found = new ArrayList<>(search(TRACE_LOG));
		try (Stream<Path> files = Files.walk(REPORTS)) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				found.addAll(search(file));
			}
		}
		assertThat(found).as("places that hold the value of a secret").isEmpty();
	}

	@Test
	void whenMarkerIsPlantedThenItsPlaceIsFound(@TempDir Path directory) throws IOException {
		Path file = directory.resolve("planted.log");
		Files.write(file, List.of("first", "canar canary canacanary-x", "third", "cancanary-"));
		assertThat(search(file)).containsExactly(file + ":2", file + ":4");
		Files.writeString(file, "canary");
		assertThat(search(file)).isEmpty();
	}

	/**
	 * Search byte by byte, whatever the encoding. Lines are named and never quoted.
	 */
	private static List<String> search(Path file) throws IOException {
		List<String> found = new ArrayList<>();
		try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
			int line = 1;
			int matched = 0;
			for (int next = bytes.read(); next >= 0; next = bytes.read()) {
				// No other byte of the marker equals its first, so a mismatch never hides
				// a start
				matched = (next == MARKER[matched]) ? matched + 1 : (next == MARKER[0]) ? 1 : 0;
				if (matched == MARKER.length) {
					found.add(file + ":" + line);
					matched = 0;
				}
				line += (next == '\n') ? 1 : 0;
			}
		}
		return found;
	}

}
