package io.github.secretsboot.metrics;

import io.github.secretsboot.FailureReason;
import io.github.secretsboot.fetch.CallOperation;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a call to Secrets Manager while it is observed.
 */
public class FetchObservationContext extends Observation.Context {

	private static final String SUCCESS = "success";

	private final CallOperation operation;

	private String outcome = "unknown";

	/**
	 * Create a context for a call that is about to begin.
	 * @param operation what is called
	 */
	public FetchObservationContext(CallOperation operation) {
		this.operation = operation;
	}

	/**
	 * What is called.
	 * @return the operation
	 */
	public CallOperation getOperation() {
		return this.operation;
	}

	/**
	 * What came of it.
	 * @return {@code success}, the code of the reason of the failure, or {@code unknown}
	 * as long as the call is under way
	 */
	public String getOutcome() {
		return this.outcome;
	}

	void end(@Nullable FailureReason failure) {
		this.outcome = outcome(failure);
	}

	static String outcome(@Nullable FailureReason failure) {
		return (failure != null) ? failure.code() : SUCCESS;
	}

}
