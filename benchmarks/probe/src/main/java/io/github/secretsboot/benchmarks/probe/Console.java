package io.github.secretsboot.benchmarks.probe;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Answers the commands of the driver, line by line: {@code pass},
 * {@code change <property>=<value>,…}, {@code members <count>} and {@code heap}. Answers
 * start with {@code @@}; times are nanoseconds. Ends with the input.
 */
class Console implements ApplicationListener<ApplicationReadyEvent> {

	private final PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true,
			StandardCharsets.UTF_8);

	private final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

	@Override
	public void onApplicationEvent(ApplicationReadyEvent event) {
		answer("ready");
		try {
			for (String line = this.in.readLine(); line != null; line = this.in.readLine()) {
				answer(execute(line.split(" ", 2), event.getApplicationContext()));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private String execute(String[] command, ConfigurableApplicationContext context) throws InterruptedException {
		return switch (command[0]) {
			case "pass" -> String.valueOf(time(context.getBean(Passes.class)));
			case "change" -> change(properties(command[1]), context);
			case "members" -> String.valueOf(Members.create(context, Integer.parseInt(command[1])));
			// Exact where nothing is ever collected
			case "heap" -> String.valueOf(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
			default -> throw new IllegalArgumentException(command[0]);
		};
	}

	private String change(Map<String, String> expected, ConfigurableApplicationContext context)
			throws InterruptedException {
		Passes passes = context.getBean(Passes.class);
		Watch watch = new Watch(expected, context.getEnvironment(), passes);
		Thread watcher = new Thread(watch, "benchmark-watch");
		watcher.start();
		long nanos = time(passes);
		watcher.join();
		return nanos + " "
				+ Arrays.stream(watch.seenAfter()).mapToObj(String::valueOf).collect(Collectors.joining(" "));
	}

	private long time(Passes passes) {
		long start = System.nanoTime();
		passes.run();
		return System.nanoTime() - start;
	}

	private Map<String, String> properties(String text) {
		return Arrays.stream(text.split(","))
			.map((property) -> property.split("=", 2))
			.collect(Collectors.toMap((property) -> property[0], (property) -> property[1]));
	}

	private void answer(String text) {
		this.out.println("@@ " + text);
	}

}
