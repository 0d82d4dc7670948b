package io.github.secretsboot.refresh;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.secretsboot.refresh.FleetSimulation.Fleet;

/**
 * Writes what a simulation has shown.
 */
final class FleetReport {

	private static final double DOLLARS_PER_CALL = 0.05 / 10_000;

	private static final int WIDTH = 860;

	private static final int PANEL = 200;

	private static final int LEFT = 70;

	private static final int SECONDS = (int) Duration.ofMinutes(16).toSeconds();

	private static final String TEXT = """
			# What a fleet calls and costs

			Simulated instances start within one minute and then poll, with the library's real schedule and its real
			rules for batches. `FleetTests` runs the simulation, and writes this file with `-Dfleet.write=true`. The quotas
			per account and region are 100 calls a second for `BatchGetSecretValue` and 10,000 for `GetSecretValue`.
			10,000 calls cost $0.05. Each secret costs another $0.40 a month, however many instances read it.

			![Calls per second of 10,000 instances with 50 secrets](peak.svg)

			A large fleet does not starve itself, for these reasons:

			- An instance does not retry a throttled batch. It reads the secrets one by one at once, because the quota of
			  single reads is a hundred times as high.
			- After that, the instance reads one by one for one check. If batches are throttled again, it does so for up to
			  3, 7, … 63 checks, each number drawn at random. The number of batches thus falls to what the quota allows.
			- The first check after a start comes at a random time within one interval. This interval begins a minute after
			  the start, or one interval after it if that is shorter. Each further check comes one interval later, give or
			  take `secrets.refresh.jitter`. A jitter of 0 turns all of this off.

			Peaks are calls per second, including throttled ones. Those above the quota are **bold**. A batch above the
			quota costs its instance one more round trip, and other users of the account's quota may be throttled for that
			second. A single read above the quota is retried with jitter, within `secrets.fetch.timeout`. With `never`,
			10,000 instances and 50 secrets leave no room for retries: spread such a start over two minutes.

			| instances | secrets | interval | batch | start: batch/s | start: single/s | polls: batch/s \
			| polls: single/s | calls/month | $/month |
			|---:|---:|---:|---|---:|---:|---:|---:|---:|---:|
			""";

	private FleetReport() {
	}

	static String table(Map<Fleet, FleetSimulation> results) {
		return results.entrySet()
			.stream()
			.map((result) -> row(result.getKey(), result.getValue()))
			.collect(Collectors.joining("\n", TEXT, "\n"));
	}

	private static String row(Fleet fleet, FleetSimulation simulation) {
		double calls = simulation.callsPerMonth();
		return String.format(Locale.ROOT, "| %,d | %d | %dm | %s | %s | %s | %s | %s | %,.1f M | %,.2f |",
				fleet.instances(), fleet.secrets(), fleet.interval().toMinutes(), fleet.batch() ? "auto" : "never",
				peak(simulation.startPeak(simulation.batches()), FleetSimulation.BATCH_QUOTA),
				peak(simulation.startPeak(simulation.singles()), FleetSimulation.SINGLE_QUOTA),
				peak(simulation.pollPeak(simulation.batches()), FleetSimulation.BATCH_QUOTA),
				peak(simulation.pollPeak(simulation.singles()), FleetSimulation.SINGLE_QUOTA), calls / 1e6,
				calls * DOLLARS_PER_CALL);
	}

	private static String peak(int calls, int quota) {
		return String.format(Locale.ROOT, (calls > quota) ? "**%,d**" : "%,d", calls);
	}

	static String plot(FleetSimulation simulation) {
		return """
				<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="13">
				<rect width="100%%" height="100%%" fill="#fff"/>
				%s%s</svg>
				""".formatted(WIDTH + LEFT + 20, 2 * (PANEL + 60) + 20,
				panel("BatchGetSecretValue per second, throttled ones included", simulation.batches(),
						FleetSimulation.BATCH_QUOTA, 40),
				panel("GetSecretValue per second", simulation.singles(), FleetSimulation.SINGLE_QUOTA, PANEL + 100));
	}

	private static String panel(String title, int[] calls, int quota, int top) {
		double most = 1.05 * Math.max(quota, IntStream.range(0, SECONDS).map((i) -> calls[i]).max().orElseThrow());
		String points = IntStream.range(0, SECONDS)
			.mapToObj((i) -> String.format(Locale.ROOT, "%.1f,%.1f", LEFT + (double) i * WIDTH / SECONDS,
					top + PANEL * (1 - calls[i] / most)))
			.collect(Collectors.joining(" "));
		double line = top + PANEL * (1 - quota / most);
		StringBuilder svg = new StringBuilder();
		svg.append(String.format(Locale.ROOT, "<text x=\"%d\" y=\"%d\" font-weight=\"bold\">%s</text>%n", LEFT,
				top - 12, title));
		svg.append(String.format(Locale.ROOT,
				"<polyline fill=\"none\" stroke=\"#2b6cb0\" stroke-width=\"1\" points=\"%s\"/>%n", points));
		svg.append(String.format(Locale.ROOT,
				"<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"#c53030\" stroke-dasharray=\"6 4\"/>%n",
				LEFT, line, LEFT + WIDTH, line));
		svg.append(String.format(Locale.ROOT,
				"<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\" fill=\"#c53030\">%,d</text>%n", LEFT - 6, line + 4,
				quota));
		svg.append(String.format(Locale.ROOT, "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"#4a5568\"/>%n",
				LEFT, top + PANEL, LEFT + WIDTH, top + PANEL));
		for (int minute = 0; minute <= SECONDS / 60; minute += 2) {
			svg.append(String.format(Locale.ROOT, "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%d min</text>%n",
					LEFT + minute * 60 * WIDTH / SECONDS, top + PANEL + 18, minute));
		}
		return svg.toString().replace(System.lineSeparator(), "\n");
	}

}
