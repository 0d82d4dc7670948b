package io.github.secretsboot.metrics;

import io.github.secretsboot.refresh.PassObserver.Outcome;
import io.micrometer.observation.Observation;

/**
 * What is known of a pass while it is observed.
 */
public class RefreshObservationContext extends Observation.Context {

	private String outcome = "unknown";

	/**
	 * How it went.
	 * @return {@code success}, {@code partial} or {@code failure}, or {@code unknown} as
	 * long as the pass is under way
	 */
	public String getOutcome() {
		return this.outcome;
	}

	void end(Outcome outcome) {
		this.outcome = outcome.code();
	}

}
