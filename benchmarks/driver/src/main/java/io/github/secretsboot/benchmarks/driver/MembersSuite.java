package io.github.secretsboot.benchmarks.driver;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.secretsboot.benchmarks.driver.Row.Goal;
import org.jspecify.annotations.Nullable;

/**
 * What a bean with a thousand {@code @Value} members adds: to its creation, over the same
 * bean in the plain application; to a pass, over the same pass in an application without
 * the bean.
 */
class MembersSuite {

	private static final String GROUP = "A bean with 1,000 `@Value` members";

	private static final String LISTING = "-Dsecrets.sources=" + ServerMain.MEMBERS;

	private static final int WARM_UPS = 20;

	private static final int PASSES = 51;

	/** A few milliseconds. */
	private static final Goal GOAL = Goal.value(5);

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
		List<Added> firstPasses = new ArrayList<>();
		for (int i = 0; i < rounds; i++) {
			try (ChildProcess plain = start(Application.PLAIN);
					ChildProcess with = start(Application.OURS);
					ChildProcess without = start(Application.OURS)) {
				double plainCreation = millis(plain.ask("members"));
				creations.add(new Added(millis(with.ask("members")), plainCreation));
				firstPasses.add(pass(ServerMain.MEMBER_COUNT, with, without));
			}
		}
		List<Row> rows = new ArrayList<>();
		rows.add(Row.of(GROUP, "creation, once at start, theirs: plain application",
				Samples.median(creations, Added::with), Samples.median(creations, Added::without), "ms", null));
		rows.add(row("creation, once at start, added", creations, GOAL));
		rows.add(row("first pass, all of them changed, added", firstPasses, null));
		addPasses(rows);
		return rows;
	}

	private void addPasses(List<Row> rows) {
		try (ChildProcess with = start(Application.OURS); ChildProcess without = start(Application.OURS)) {
			with.ask("members");
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
		if (changed > 0) {
			this.server.rotateMembers(changed, "changed-" + this.changes++);
		}
		return new Added(millis(with.ask("pass")), millis(without.ask("pass")));
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
