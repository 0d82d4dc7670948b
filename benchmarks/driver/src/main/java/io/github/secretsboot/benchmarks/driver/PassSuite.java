package io.github.secretsboot.benchmarks.driver;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.github.secretsboot.benchmarks.driver.Row.Goal;
import org.jspecify.annotations.Nullable;

/**
 * What it takes to follow changes. Passes are run on demand, so that the period of a poll
 * plays no part. One application of each kind stays, and they take turns.
 */
class PassSuite {

	private static final String GROUP = "Passes, 50 secrets at 40 ms";

	private static final int LATENCY = 40;

	private static final int WARM_UPS = 5;

	private static final int ALLOCATION_PASSES = 10;

	private static final List<Application> APPLICATIONS = List.of(Application.OURS, Application.INCUMBENT_RELOAD);

	private final Launcher launcher;

	private final Server server;

	private final Jdk jdk;

	private int changes;

	PassSuite(Launcher launcher, Server server, Jdk jdk) {
		this.launcher = launcher;
		this.server = server;
		this.jdk = jdk;
	}

	List<Row> run(int rounds) {
		List<Row> rows = new ArrayList<>();
		Map<Application, ChildProcess> processes = start();
		try {
			addIdle(rounds, processes, rows);
			addAllocation(rows);
			addChanges("1", List.of(24), rounds, processes, rows);
			addChanges("3", List.of(9, 24, 39), Math.min(rounds, 3), processes, rows);
		}
		finally {
			processes.values().forEach(ChildProcess::close);
		}
		return rows;
	}

	private Map<Application, ChildProcess> start(String... options) {
		Map<Application, ChildProcess> processes = new EnumMap<>(Application.class);
		this.server.scene(0, true);
		for (Application application : APPLICATIONS) {
			ChildProcess process = this.launcher.startToStay(this.jdk, application, ServerMain.SECRETS, options);
			processes.put(application, process);
			for (int i = 0; i < WARM_UPS; i++) {
				process.ask("pass");
			}
		}
		return processes;
	}

	private void addIdle(int rounds, Map<Application, ChildProcess> processes, List<Row> rows) {
		PassSamples samples = new PassSamples();
		for (int i = 0; i < rounds; i++) {
			processes.forEach((application, process) -> {
				this.server.scene(LATENCY, true);
				double millis = millis(process.ask("pass"));
				samples.add(application, new double[] { millis, this.server.calls() });
			});
		}
		rows.add(samples.row("nothing changed, calls", 1, "", Goal.value(3)));
		rows.add(samples.row("nothing changed, time", 0, "ms", Goal.ratio(0.05)));
	}

	/**
	 * Nothing is collected and each object is allocated on its own, so that the growth of
	 * the heap is, to the byte, what all threads have allocated, also those that are
	 * gone.
	 */
	private void addAllocation(List<Row> rows) {
		Map<Application, ChildProcess> processes = start("-XX:+UnlockExperimentalVMOptions", "-XX:+UseEpsilonGC",
				"-XX:-UseTLAB", "-Xms3g", "-Xmx3g");
		try {
			PassSamples samples = new PassSamples();
			processes.forEach((application, process) -> {
				for (int i = 0; i < ALLOCATION_PASSES; i++) {
					long before = Long.parseLong(process.ask("heap"));
					process.ask("pass");
					long after = Long.parseLong(process.ask("heap"));
					samples.add(application, new double[] { (after - before) / 1024.0 });
				}
			});
			rows.add(samples.row("nothing changed, allocated", 0, "KB", Goal.ratio(0.1)));
		}
		finally {
			processes.values().forEach(ChildProcess::close);
		}
	}

	private void addChanges(String name, List<Integer> secrets, int rounds, Map<Application, ChildProcess> processes,
			List<Row> rows) {
		PassSamples samples = new PassSamples();
		for (int i = 0; i < rounds; i++) {
			String password = "changed-" + this.changes++;
			secrets.forEach((secret) -> this.server.rotate(secret, password));
			String expected = secrets.stream()
				.map((secret) -> "SECRET_" + secret + "_PASSWORD=" + password)
				.collect(Collectors.joining(","));
			processes.forEach((application, process) -> {
				this.server.scene(LATENCY, true);
				String[] times = process.ask("change " + expected).split(" ");
				samples.add(application, new double[] { millis(times[0]), millis(times[1]), millis(times[2]),
						millis(times[3]), this.server.calls() });
			});
		}
		String changed = name + " of 50 changed, ";
		rows.add(samples.row(changed + "calls", 4, "", Goal.value(3)));
		rows.add(samples.row(changed + "Environment has it", 1, "ms", Goal.ratio(0.03)));
		rows.add(samples.row(changed + "@Value has it", 2, "ms", Goal.ratio(0.03)));
		rows.add(samples.row(changed + "listener has it", 3, "ms", Goal.ratio(0.03)));
		rows.add(samples.row(changed + "pass is over", 0, "ms", null));
	}

	private static double millis(String nanos) {
		if (nanos.equals("0")) {
			throw new IllegalStateException("A change was not seen");
		}
		return Long.parseLong(nanos) / (double) TimeUnit.MILLISECONDS.toNanos(1);
	}

	/**
	 * Several measurements of each pass.
	 */
	private static final class PassSamples {

		private final Map<Application, List<double[]>> samples = new EnumMap<>(Application.class);

		void add(Application application, double[] sample) {
			this.samples.computeIfAbsent(application, (key) -> new ArrayList<>()).add(sample);
		}

		Row row(String name, int index, String unit, @Nullable Goal goal) {
			return Row.of(GROUP, name, median(Application.OURS, index), median(Application.INCUMBENT_RELOAD, index),
					unit, goal);
		}

		private double median(Application application, int index) {
			return Samples.median(this.samples.getOrDefault(application, List.of()), (sample) -> sample[index]);
		}

	}

}
