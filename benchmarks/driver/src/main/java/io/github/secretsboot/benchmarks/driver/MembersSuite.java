package io.github.secretsboot.benchmarks.driver;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.github.secretsboot.benchmarks.driver.Row.Goal;
import org.jspecify.annotations.Nullable;

/**
 * What a bean with a thousand {@code @Value} members adds: to its creation, over the same
 * bean in the plain application; to a pass, over the same pass in an application whose
 * bean has one member.
 */
class MembersSuite {

	private static final String GROUP = "A bean with 1,000 `@Value` members";

	private static final String LISTING = "-Dsecrets.sources=" + ServerMain.MEMBERS;

	private static final Duration SETTLING = Duration.ofSeconds(3);

	private static final int WARM_UPS = 20;

	private static final int PASSES = 51;

	/** A few milliseconds. */
	private static final Goal GOAL = Goal.value(50);

	private final Launcher launcher;

	private final Server server;

	private final Jdk jdk;

	private int changes;

	MembersSuite(Launcher launcher, Server server, Jdk jdk) {
		this.launcher = launcher;
		this.server = server;
		this.jdk = jdk;
	}

	List<Row> run(int rounds) {
		this.server.scene(0, true);
		List<Added> creations = new ArrayList<>();
		for (int i = 0; i < rounds; i++) {
			try (ChildProcess plain = start(Application.PLAIN); ChildProcess ours = start(Application.OURS)) {
				creations.add(new Added(create(ours, ServerMain.MEMBER_COUNT), create(plain, ServerMain.MEMBER_COUNT)));
			}
		}
		List<Row> rows = new ArrayList<>();
		rows.add(Row.of(GROUP, "creation, once at start, theirs: plain application",
				Samples.median(creations, Added::with), Samples.median(creations, Added::without), "ms", null));
		rows.add(row("creation, once at start, added", creations, GOAL));
		rows.add(row("the first rotation, one of them changed, added", firstRotations(3 * rounds, 1), GOAL));
		rows.add(row("the first rotation, all of them changed, added", firstRotations(rounds, ServerMain.MEMBER_COUNT),
				GOAL));
		addPasses(rows);
		return rows;
	}

	private List<Added> firstRotations(int times, int changed) {
		List<Added> rotations = new ArrayList<>();
		for (int i = 0; i < times; i++) {
			rotations.add(new Added(firstRotation(ServerMain.MEMBER_COUNT, changed), firstRotation(1, changed)));
		}
		return rotations;
	}

	/**
	 * Run the first pass that brings a change, in a process that has the machine for
	 * itself. The first check of an application comes a minute after its start, when its
	 * code has been compiled.
	 */
	private double firstRotation(int members, int changed) {
		try (ChildProcess process = start(Application.OURS)) {
			create(process, members);
			pass(process);
			LockSupport.parkNanos(SETTLING.toNanos());
			rotate(changed);
			return pass(process);
		}
	}

	private void addPasses(List<Row> rows) {
		try (ChildProcess with = start(Application.OURS); ChildProcess without = start(Application.OURS)) {
			create(with, ServerMain.MEMBER_COUNT);
			create(without, 1);
			for (int i = 0; i < WARM_UPS; i++) {
				pass(ServerMain.MEMBER_COUNT, with, without);
			}
			rows.add(row("a pass, none of them changed, added", passes(0, with, without), GOAL));
			rows.add(row("a pass, one of them changed, added", passes(1, with, without), GOAL));
			rows.add(row("a pass, all of them changed, added", passes(ServerMain.MEMBER_COUNT, with, without), GOAL));
		}
	}

	private List<Added> passes(int changed, ChildProcess with, ChildProcess without) {
		List<Added> passes = new ArrayList<>();
		for (int i = 0; i < PASSES; i++) {
			passes.add(pass(changed, with, without));
		}
		return passes;
	}

	private Added pass(int changed, ChildProcess with, ChildProcess without) {
		rotate(changed);
		return new Added(pass(with), pass(without));
	}

	private void rotate(int changed) {
		if (changed > 0) {
			this.server.rotateMembers(changed, "changed-" + this.changes++);
		}
	}

	private static double pass(ChildProcess process) {
		return millis(process.ask("pass"));
	}

	private static double create(ChildProcess process, int members) {
		return millis(process.ask("members " + members));
	}

	private ChildProcess start(Application application) {
		return this.launcher.startToStay(this.jdk, application, 0, LISTING);
	}

	private static Row row(String name, List<Added> samples, @Nullable Goal goal) {
		return new Row(GROUP, name, Samples.median(samples, Added::difference), null, "ms", goal);
	}

	private static double millis(String nanos) {
		return Long.parseLong(nanos) / (double) TimeUnit.MILLISECONDS.toNanos(1);
	}

	/**
	 * The same thing with and without what is measured, one right after the other.
	 */
	private record Added(double with, double without) {

		double difference() {
			return this.with - this.without;
		}

	}

}
