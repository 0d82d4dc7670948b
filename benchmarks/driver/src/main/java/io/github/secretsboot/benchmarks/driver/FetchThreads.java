package io.github.secretsboot.benchmarks.driver;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How long the threads on which our library fetches, and for which its main thread waits,
 * could have run but no processor was free. They are gone when the application is ready,
 * so somebody else has to watch them.
 */
class FetchThreads {

	private static final String NAME = "secrets-fetch";

	private final Map<Path, Boolean> threads = new HashMap<>();

	private final Map<Path, Long> waitedNanos = new HashMap<>();

	/**
	 * Watch a process until it ends.
	 */
	void watch(Process process) throws InterruptedException {
		Path tasks = Path.of("/proc", String.valueOf(process.pid()), "task");
		while (!process.waitFor(20, TimeUnit.MILLISECONDS)) {
			try (DirectoryStream<Path> directory = Files.newDirectoryStream(tasks)) {
				for (Path task : directory) {
					look(task);
				}
			}
			catch (IOException ex) {
				// It has just ended
			}
		}
	}

	private void look(Path task) {
		try {
			Boolean fetches = this.threads.get(task);
			if (fetches == null) {
				String name = Files.readString(task.resolve("comm"));
				fetches = name.startsWith(NAME);
				// A thread has its name from its first moments on, but not from the first
				if (fetches || !name.startsWith("java")) {
					this.threads.put(task, fetches);
				}
			}
			if (fetches) {
				this.waitedNanos.put(task, Long.parseLong(Files.readString(task.resolve("schedstat")).split(" ")[1]));
			}
		}
		catch (IOException ex) {
			// It has just ended
		}
	}

	/**
	 * What the one waited that waited longest: they run side by side.
	 */
	long longestWaitMillis() {
		return TimeUnit.NANOSECONDS
			.toMillis(this.waitedNanos.values().stream().mapToLong(Long::longValue).max().orElse(0));
	}

}
