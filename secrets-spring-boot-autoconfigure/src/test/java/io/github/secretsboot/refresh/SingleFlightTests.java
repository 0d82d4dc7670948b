package io.github.secretsboot.refresh;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class SingleFlightTests {

	private final SingleFlight<String, Integer> flights = new SingleFlight<>();

	private final AtomicInteger jobs = new AtomicInteger();

	@Test
	void whenAskedOneAfterTheOtherThenEachGetsAJob() {
		assertThat(run(this.jobs::incrementAndGet)).isEqualTo(1);
		assertThat(run(this.jobs::incrementAndGet)).isEqualTo(2);
	}

	@Test
	void whenJobFailsThenTheNextOneRuns() {
		assertThatIllegalStateException().isThrownBy(() -> run(() -> {
			throw new IllegalStateException("no");
		})).withMessage("no");
		assertThat(run(this.jobs::incrementAndGet)).isEqualTo(1);
	}

	@Test
	void whenJobAsksForAJobThenItIsToldInsteadOfWaitingForItself() {
		assertThatIllegalStateException().isThrownBy(() -> run(() -> run(this.jobs::incrementAndGet)));
		assertThat(this.jobs).hasValue(0);
	}

	private Integer run(Supplier<Integer> job) {
		return this.flights.run("all", String::equals, job);
	}

}
