package io.github.secretsboot.benchmarks.probe;

import org.springframework.boot.SpringApplication;

/**
 * Runs an application that measures itself. The system property {@code benchmark.report}
 * names the file to write; with {@code benchmark.interactive} set, the application stays
 * and runs the passes that its standard input asks for.
 */
public final class BenchmarkApplication {

	private BenchmarkApplication() {
	}

	/**
	 * Run an application.
	 * @param application its main class
	 * @param passes what it needs to run passes, if it can
	 * @param arguments the command line
	 */
	public static void run(Class<?> application, Class<?> passes, String... arguments) {
		boolean interactive = Boolean.getBoolean("benchmark.interactive");
		SpringApplication spring = interactive ? new SpringApplication(application, passes)
				: new SpringApplication(application);
		spring.addListeners(new StartReport());
		if (interactive) {
			spring.addListeners(new Console());
		}
		spring.run(arguments).close();
	}

}
