package io.github.secretsboot.benchmarks.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What is known of the machine.
 */
final class Machine {

	private Machine() {
	}

	static String describe() {
		long kilobytes = Long.parseLong(value("/proc/meminfo", "MemTotal").replaceAll("\\D", ""));
		return "%d × %s, %d GB, %s %s".formatted(Runtime.getRuntime().availableProcessors(),
				value("/proc/cpuinfo", "model name"), kilobytes / 1024 / 1024, System.getProperty("os.name"),
				System.getProperty("os.version"));
	}

	/**
	 * How many threads wanted to run in the last minute, five and fifteen minutes.
	 */
	static String load() {
		String[] loads = read("/proc/loadavg").split(" ");
		return loads[0] + ", " + loads[1] + ", " + loads[2];
	}

	private static String value(String file, String name) {
		return read(file).lines()
			.filter((line) -> line.startsWith(name))
			.map((line) -> line.substring(line.indexOf(':') + 1).trim())
			.findFirst()
			.orElse("0");
	}

	private static String read(String file) {
		try {
			return Files.readString(Path.of(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
