package io.github.secretsboot.benchmarks.driver;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Starts applications as processes of their own.
 */
class Launcher {

	private static final List<String> QUIET = List.of("--spring.main.banner-mode=off", "--logging.level.root=error");

	private final Path benchmarks;

	private final Server server;

	Launcher(Path benchmarks, Server server) {
		this.benchmarks = benchmarks;
		this.server = server;
	}

	/**
	 * Start an application, which ends as soon as it is ready.
	 */
	Start start(Jdk jdk, Application application, int secrets, String... options) {
		try {
			Path report = Files.createTempFile("benchmark", ".report");
			Path log = Files.createTempFile("benchmark", ".log");
			List<String> command = command(jdk, application, secrets,
					concat(List.of(options), "-Dbenchmark.report=" + report));
			long start = System.nanoTime();
			Process process = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(log.toFile())
				.start();
			FetchThreads threads = new FetchThreads();
			threads.watch(process);
			int exit = process.exitValue();
			long nanos = System.nanoTime() - start;
			if (exit != 0) {
				throw new IllegalStateException(String.join(" ", command) + "\n" + Files.readString(log));
			}
			Map<String, Long> values = Files.readAllLines(report)
				.stream()
				.map((line) -> line.split("="))
				.collect(Collectors.toMap((pair) -> pair[0], (pair) -> Long.valueOf(pair[1])));
			Files.delete(report);
			Files.delete(log);
			return new Start(values.getOrDefault("readyMillis", 0L), TimeUnit.NANOSECONDS.toMillis(nanos),
					values.getOrDefault("waitedMillis", 0L) + threads.longestWaitMillis(),
					values.getOrDefault("processorMillis", 0L), values.getOrDefault("loadedClasses", 0L),
					values.getOrDefault("residentKilobytes", 0L), (secrets > 0) ? this.server.calls() : 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Start an application that is expected to fail.
	 * @return the process
	 */
	Process startToFail(Jdk jdk, Application application) {
		try {
			return new ProcessBuilder(command(jdk, application, 1, List.of()))
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.redirectError(ProcessBuilder.Redirect.DISCARD)
				.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Start an application that stays and runs passes.
	 */
	ChildProcess startToStay(Jdk jdk, Application application, int secrets, String... options) {
		return new ChildProcess(
				command(jdk, application, secrets, concat(List.of(options), "-Dbenchmark.interactive=true")));
	}

	private List<String> command(Jdk jdk, Application application, int secrets, List<String> options) {
		List<String> command = new ArrayList<>();
		command.add(jdk.java());
		command.addAll(options);
		command.addAll(List.of("-cp", classPath(application), application.mainClass()));
		command.addAll(QUIET);
		command.addAll(this.server.arguments());
		command.addAll(application.listing(secrets));
		return command;
	}

	private String classPath(Application application) {
		return application.classPath(this.benchmarks)
			.stream()
			.map(Path::toString)
			.collect(Collectors.joining(File.pathSeparator));
	}

	private static List<String> concat(List<String> options, String last) {
		List<String> all = new ArrayList<>(options);
		all.add(last);
		return all;
	}

	/**
	 * What a start took.
	 *
	 * @param readyMillis from the start of the JVM to the ready event
	 * @param processMillis from the start of the process to its end
	 * @param waitedMillis of the time until ready, how long the main thread, or one that
	 * it waited for, waited for a processor
	 * @param processorMillis processor time of all threads when ready
	 * @param loadedClasses classes loaded when ready
	 * @param residentKilobytes resident memory when ready
	 * @param calls calls made
	 */
	record Start(long readyMillis, long processMillis, long waitedMillis, long processorMillis, long loadedClasses,
			long residentKilobytes, long calls) {

		long undisturbedMillis() {
			return this.readyMillis - this.waitedMillis;
		}

	}

}
