package io.github.secretsboot.benchmarks.probe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.sun.management.OperatingSystemMXBean;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/**
 * Writes down what the start of the application took, at the moment when it is ready:
 * milliseconds since the JVM started and of processor time, loaded classes, resident
 * kilobytes.
 */
class StartReport implements ApplicationListener<ApplicationReadyEvent> {

	private static final Path SCHEDULING = Path.of("/proc/thread-self/schedstat");

	private static final Path STATUS = Path.of("/proc/self/status");

	@Override
	public void onApplicationEvent(ApplicationReadyEvent event) {
		long now = System.currentTimeMillis();
		String report = System.getProperty("benchmark.report");
		if (report != null) {
			try {
				write(Path.of(report), now);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
	}

	private void write(Path report, long now) throws IOException {
		List<String> status = Files.readAllLines(STATUS);
		Files.write(report,
				List.of("readyMillis=" + (now - ManagementFactory.getRuntimeMXBean().getStartTime()),
						"waitedMillis=" + waitedMillis(), "processorMillis=" + processorMillis(),
						"loadedClasses=" + ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount(),
						"residentKilobytes=" + residentKilobytes(status)));
	}

	/**
	 * How long the main thread was ready to run and no processor was free.
	 */
	private long waitedMillis() throws IOException {
		return TimeUnit.NANOSECONDS.toMillis(Long.parseLong(Files.readString(SCHEDULING).split(" ")[1]));
	}

	private long processorMillis() {
		return (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system)
				? TimeUnit.NANOSECONDS.toMillis(system.getProcessCpuTime()) : 0;
	}

	private String residentKilobytes(List<String> status) {
		return status.stream()
			.filter((line) -> line.startsWith("VmRSS:"))
			.map((line) -> line.replaceAll("\\D", ""))
			.findFirst()
			.orElse("0");
	}

}
