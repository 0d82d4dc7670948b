package io.github.secretsboot.refresh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.secretsboot.refresh.FleetSimulation.Fleet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a fleet does not starve itself, and that {@code docs/fleet} tells what a
 * fleet costs. With {@code -Dfleet.write=true} it writes those files.
 */
class FleetTests {

	private static final Path DOCS = Path.of("../docs/fleet");

	private static final Map<Fleet, FleetSimulation> RESULTS = new LinkedHashMap<>();

	@BeforeAll
	static void simulate() {
		for (int instances : List.of(100, 1_000, 10_000)) {
			for (int secrets : List.of(1, 10, 50)) {
				for (int minutes : List.of(1, 5, 15)) {
					for (boolean batch : List.of(true, false)) {
						Fleet fleet = new Fleet(instances, secrets, Duration.ofMinutes(minutes), batch);
						RESULTS.put(fleet, new FleetSimulation(fleet).run());
					}
				}
			}
		}
	}

	@Test
	void whenFleetStartsAtOnceThenNoInstanceStarves() {
		RESULTS.forEach((fleet, simulation) -> {
			if (fleet.batch()) {
				assertThat(simulation.starved()).as(fleet.toString()).isZero();
				assertThat(simulation.startPeak(simulation.singles())).as(fleet.toString())
					.isLessThan(FleetSimulation.SINGLE_QUOTA);
				assertThat(simulation.pollPeak(simulation.singles())).as(fleet.toString())
					.isLessThan(FleetSimulation.SINGLE_QUOTA);
			}
		});
	}

	@Test
	void whenFleetIsOfOrdinarySizeThenAllPollsStayUnderTheQuotaOfBatches() {
		RESULTS.forEach((fleet, simulation) -> {
			double offered = fleet.instances() * Math.ceil(fleet.secrets() / 20.0) / fleet.interval().toSeconds();
			if (fleet.batch() && offered < FleetSimulation.BATCH_QUOTA / 2.0) {
				assertThat(simulation.pollPeak(simulation.batches())).as(fleet.toString())
					.isLessThanOrEqualTo(FleetSimulation.BATCH_QUOTA);
			}
		});
	}

	@Test
	void whenFilesAreReadThenTheyAreCurrent() throws IOException {
		Fleet largest = new Fleet(10_000, 50, Duration.ofMinutes(5), true);
		Map<Path, String> files = Map.of(DOCS.resolve("README.md"), FleetReport.table(RESULTS),
				DOCS.resolve("peak.svg"), FleetReport.plot(RESULTS.get(largest)));
		List<String> stale = new ArrayList<>();
		for (Map.Entry<Path, String> file : files.entrySet()) {
			if (Boolean.getBoolean("fleet.write")) {
				Files.createDirectories(DOCS);
				Files.writeString(file.getKey(), file.getValue());
			}
			if (!Files.exists(file.getKey()) || !Files.readString(file.getKey()).equals(file.getValue())) {
				stale.add(file.getKey().toString());
			}
		}
		assertThat(stale).as("to be written anew with -Dfleet.write=true").isEmpty();
	}

}
