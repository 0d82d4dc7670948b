package io.github.secretsboot.benchmarks.driver;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What to measure.
 *
 * @param benchmarks the directory of this module
 * @param output the file to write
 * @param jdks the JDKs to run applications with
 * @param suites the suites to run
 * @param rounds how often
 * @param quick whether to leave out what takes minutes
 */
record Options(Path benchmarks, Path output, List<Jdk> jdks, Set<String> suites, int rounds, boolean quick) {

	static final List<String> SUITES = List.of("start", "passes", "members", "caches", "footprint", "reads", "hang");

	static Options parse(String... args) {
		Path benchmarks = Path.of(System.getProperty("benchmark.directory", "benchmarks")).toAbsolutePath();
		Path output = benchmarks.resolve("RESULTS.md");
		List<Jdk> jdks = new ArrayList<>();
		Set<String> suites = new LinkedHashSet<>(SUITES);
		int rounds = 0;
		boolean quick = false;
		for (String arg : args) {
			String[] option = arg.split("=", 2);
			switch (option[0]) {
				case "--quick" -> quick = true;
				case "--rounds" -> rounds = Integer.parseInt(option[1]);
				case "--jdk" -> jdks.add(Jdk.of(Path.of(option[1])));
				case "--only" -> suites.retainAll(Set.of(option[1].split(",")));
				case "--output" -> output = Path.of(option[1]).toAbsolutePath();
				default -> throw new IllegalArgumentException(
						"Unknown option " + arg + "; known are --quick, --rounds=<n>, --jdk=<home>, --only="
								+ String.join(",", SUITES) + " and --output=<file>");
			}
		}
		if (rounds == 0) {
			rounds = quick ? 3 : 7;
		}
		return new Options(benchmarks, output, jdks.isEmpty() ? List.of(Jdk.current()) : jdks, suites, rounds, quick);
	}

}
