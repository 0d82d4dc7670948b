package io.github.secretsboot.benchmarks.driver;

import java.io.PrintStream;
import java.util.List;
import java.util.function.Supplier;

/**
 * Runs all suites on all JDKs, writes the results after each suite and prints them in the
 * end.
 */
public final class Benchmarks {

	private static final PrintStream OUT = System.out;

	private static final PrintStream PROGRESS = System.err;

	private final Options options;

	private final Results results;

	private Benchmarks(Options options) {
		this.options = options;
		this.results = new Results(options);
	}

	/**
	 * Run the benchmarks.
	 * @param args see {@link Options}
	 */
	public static void main(String[] args) {
		new Benchmarks(Options.parse(args)).run();
	}

	private void run() {
		try (Server server = new Server()) {
			for (Jdk jdk : this.options.jdks()) {
				run(jdk, server);
			}
		}
		OUT.println(this.results.toMarkdown());
	}

	private void run(Jdk jdk, Server server) {
		Launcher launcher = new Launcher(this.options.benchmarks(), server);
		try (HangSuite hang = new HangSuite(this.options.benchmarks(), jdk)) {
			if (this.options.suites().contains("hang") && !this.options.quick()) {
				hang.begin();
			}
			run("start", jdk, () -> new StartSuite(launcher, server, jdk).run(this.options.rounds()));
			run("passes", jdk, () -> new PassSuite(launcher, server, jdk).run(this.options.rounds()));
			run("members", jdk, () -> new MembersSuite(launcher, server, jdk).run(this.options.rounds()));
			run("caches", jdk, () -> new CacheSuite(launcher, server, jdk).run(this.options.rounds()));
			run("footprint", jdk, () -> new FootprintSuite(this.options.benchmarks()).run());
			run("reads", jdk, () -> new ReadSuite(this.options.benchmarks(), jdk).run());
			run("hang", jdk, hang::run);
		}
	}

	private void run(String name, Jdk jdk, Supplier<List<Row>> suite) {
		if (this.options.suites().contains(name)) {
			PROGRESS.println("JDK " + jdk.version() + ": " + name);
			this.results.add(jdk, suite.get());
			this.results.write();
		}
	}

}
