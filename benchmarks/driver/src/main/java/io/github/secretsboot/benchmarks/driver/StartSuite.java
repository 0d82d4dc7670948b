package io.github.secretsboot.benchmarks.driver;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import io.github.secretsboot.benchmarks.driver.Launcher.Start;
import io.github.secretsboot.benchmarks.driver.Row.Goal;
import org.jspecify.annotations.Nullable;

/**
 * What the starters add to the start of an application. Every round starts each
 * application in each scene once, with the plain application beside them, so that
 * whatever else the machine does meets all of them.
 */
class StartSuite {

	private static final String GROUP = "Start";

	private static final String BUSY_GROUP = "Start, for a busy machine";

	private static final int[] LATENCIES = { 40, 0 };

	private final Launcher launcher;

	private final Server server;

	private final Jdk jdk;

	private final Map<Scene, List<Sample>> samples = new LinkedHashMap<>();

	StartSuite(Launcher launcher, Server server, Jdk jdk) {
		this.launcher = launcher;
		this.server = server;
		this.jdk = jdk;
		add(0, 0);
		for (int latency : LATENCIES) {
			for (int secrets : new int[] { 1, 10, 50 }) {
				add(secrets, latency);
			}
		}
	}

	private void add(int secrets, int latency) {
		this.samples.put(new Scene(Application.OURS, secrets, latency, true), new ArrayList<>());
		this.samples.put(new Scene(Application.INCUMBENT, secrets, latency, true), new ArrayList<>());
		if (secrets > 1) {
			this.samples.put(new Scene(Application.OURS, secrets, latency, false), new ArrayList<>());
		}
	}

	List<Row> run(int rounds) {
		// Starts that do not count: they bring the jars into the page cache
		this.launcher.start(this.jdk, Application.PLAIN, 0);
		this.samples.keySet().stream().limit(4).forEach(this::start);
		for (int i = 0; i < rounds; i++) {
			runRound();
		}
		return rows();
	}

	private void runRound() {
		Start plain = null;
		for (Map.Entry<Scene, List<Sample>> entry : this.samples.entrySet()) {
			Scene scene = entry.getKey();
			if (plain == null || (scene.application() == Application.OURS && scene.batch())) {
				plain = this.launcher.start(this.jdk, Application.PLAIN, 0);
			}
			entry.getValue().add(new Sample(start(scene), plain));
		}
	}

	private Start start(Scene scene) {
		this.server.scene(scene.latency(), scene.batch());
		return this.launcher.start(this.jdk, scene.application(), scene.secrets());
	}

	private List<Row> rows() {
		List<Row> rows = new ArrayList<>();
		double plain = Samples.median(this.samples.values().stream().flatMap(List::stream).toList(),
				(sample) -> sample.plain().readyMillis());
		rows.add(new Row(GROUP, "plain application, ready", plain, null, "ms", null));
		addTimes("no secret listed", 0, 0, true, 0.1, rows);
		for (int latency : LATENCIES) {
			boolean slow = latency != 0;
			String at = " at " + latency + " ms";
			addTimes("1 secret" + at, 1, latency, true, slow ? 0.5 : null, rows);
			for (int secrets : new int[] { 10, 50 }) {
				boolean many = secrets == 50 && slow;
				String name = secrets + " secrets" + at;
				addTimes(name + ", batch allowed", secrets, latency, true, many ? 0.25 : null, rows);
				addTimes(name + ", batch denied", secrets, latency, false, many ? 0.35 : null, rows);
			}
		}
		addFootprint(rows);
		addBusy("no secret listed", 0, 0, true, 0.1, rows);
		addBusy("1 secret", 1, LATENCIES[0], true, 0.5, rows);
		addBusy("50 secrets, batch allowed", 50, LATENCIES[0], true, 0.25, rows);
		addBusy("50 secrets, batch denied", 50, LATENCIES[0], false, 0.35, rows);
		return rows;
	}

	private void addTimes(String name, int secrets, int latency, boolean batch, @Nullable Double limit,
			List<Row> rows) {
		rows.add(added(GROUP, name + ", added", secrets, latency, batch, Start::readyMillis, "ms", limit));
		rows.add(added(GROUP, name + ", whole process, added", secrets, latency, batch, Start::processMillis, "ms",
				null));
	}

	private void addFootprint(List<Row> rows) {
		for (int secrets : new int[] { 1, 10, 50 }) {
			rows.add(calls(secrets, true));
			if (secrets > 1) {
				rows.add(calls(secrets, false));
			}
		}
		for (int secrets : new int[] { 0, 1, 50 }) {
			String name = count(secrets);
			int latency = (secrets == 0) ? 0 : LATENCIES[0];
			rows.add(added(GROUP, name + ", loaded classes, added", secrets, latency, true, Start::loadedClasses, "",
					null));
			rows.add(added(GROUP, name + ", resident memory, added", secrets, latency, true,
					(start) -> start.residentKilobytes() / 1024.0, "MB", null));
		}
	}

	private void addBusy(String name, int secrets, int latency, boolean batch, double limit, List<Row> rows) {
		rows.add(added(BUSY_GROUP, name + ", less waiting for a processor, added", secrets, latency, batch,
				Start::undisturbedMillis, "ms", limit));
		rows.add(added(BUSY_GROUP, name + ", processor time, added", secrets, latency, batch, Start::processorMillis,
				"ms", null));
	}

	private Row calls(int secrets, boolean batch) {
		return Row.of(GROUP, "%s, batch %s, calls".formatted(count(secrets), batch ? "allowed" : "denied"),
				calls(new Scene(Application.OURS, secrets, LATENCIES[0], batch)),
				calls(new Scene(Application.INCUMBENT, secrets, LATENCIES[0], true)), "",
				(secrets == 50 && batch) ? Goal.value(3) : null);
	}

	private double calls(Scene scene) {
		return Samples.median(of(scene), (sample) -> sample.start().calls());
	}

	private static String count(int secrets) {
		return switch (secrets) {
			case 0 -> "no secret listed";
			case 1 -> "1 secret";
			default -> secrets + " secrets";
		};
	}

	private Row added(String group, String name, int secrets, int latency, boolean batch, ToDoubleFunction<Start> value,
			String unit, @Nullable Double limit) {
		return Row.of(group, name, added(new Scene(Application.OURS, secrets, latency, batch), value),
				added(new Scene(Application.INCUMBENT, secrets, latency, true), value), unit,
				(limit != null) ? Goal.ratio(limit) : null);
	}

	private double added(Scene scene, ToDoubleFunction<Start> value) {
		return Samples.median(of(scene),
				(sample) -> value.applyAsDouble(sample.start()) - value.applyAsDouble(sample.plain()));
	}

	private List<Sample> of(Scene scene) {
		return this.samples.getOrDefault(scene, List.of());
	}

	private record Scene(Application application, int secrets, int latency, boolean batch) {
	}

	/**
	 * A start and that of the plain application beside it.
	 */
	private record Sample(Start start, Start plain) {
	}

}
