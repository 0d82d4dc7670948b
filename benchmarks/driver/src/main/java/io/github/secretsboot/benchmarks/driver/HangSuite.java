package io.github.secretsboot.benchmarks.driver;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * How long a start takes to fail when nobody answers. Does next to nothing meanwhile, so
 * the incumbent's two minutes pass beside the other suites, against a server of their
 * own.
 */
class HangSuite implements AutoCloseable {

	/** What issue 4 says of the incumbent. */
	private static final double CITED_SECONDS = 124;

	private final Server server = new Server();

	private final Launcher launcher;

	private final Jdk jdk;

	private @Nullable CompletableFuture<Double> theirs;

	HangSuite(Path benchmarks, Jdk jdk) {
		this.launcher = new Launcher(benchmarks, this.server);
		this.jdk = jdk;
		this.server.hang();
	}

	/**
	 * Begin to measure the incumbent, which takes minutes.
	 */
	void begin() {
		this.theirs = secondsToFail(Application.INCUMBENT);
	}

	List<Row> run() {
		double ours = secondsToFail(Application.OURS).join();
		CompletableFuture<Double> measured = this.theirs;
		return List.of(Row.of("Fault",
				"endpoint hangs at start, time to fail" + ((measured != null) ? "" : " (theirs cited from issue 4)"),
				ours, (measured != null) ? measured.join() : CITED_SECONDS, "s", null));
	}

	private CompletableFuture<Double> secondsToFail(Application application) {
		long start = System.nanoTime();
		return this.launcher.startToFail(this.jdk, application)
			.onExit()
			.thenApply((process) -> (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1));
	}

	@Override
	public void close() {
		this.server.close();
	}

}
