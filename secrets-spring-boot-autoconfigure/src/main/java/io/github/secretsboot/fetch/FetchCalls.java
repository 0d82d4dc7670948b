package io.github.secretsboot.fetch;

import java.util.List;
import java.util.Map;

import io.github.secretsboot.FailureReason;

import org.springframework.core.NestedExceptionUtils;

/**
 * Makes single calls, has them observed, and turns whatever they throw into failures.
 * Called by many threads at once.
 */
class FetchCalls {

	static final FetchFailure TIMED_OUT = new FetchFailure(FailureReason.TIMED_OUT,
			"no answer within secrets.fetch.timeout");

	private final SecretReader reader;

	private final CallStatistics statistics;

	FetchCalls(SecretReader reader, CallStatistics statistics) {
		this.reader = reader;
		this.statistics = statistics;
	}

	FetchResult single(SecretRequest request, Deadline deadline) {
		try {
			return FetchResult.of(this.statistics.observe(CallOperation.GET_SECRET_VALUE,
					() -> this.reader.read(request, deadline.remaining())));
		}
		catch (FetchException ex) {
			return FetchResult.of(ex.getFailure());
		}
		catch (RuntimeException | LinkageError ex) {
			return FetchResult.of(unexpected(ex));
		}
	}

	/**
	 * Make a call for a batch.
	 * @throws FetchException if it fails as a whole
	 */
	Map<SecretRequest, FetchResult> batch(List<SecretRequest> requests, Deadline deadline) {
		try {
			return this.statistics.observe(CallOperation.BATCH_GET_SECRET_VALUE,
					() -> this.reader.readBatch(requests, deadline.remaining()));
		}
		catch (FetchException ex) {
			throw ex;
		}
		catch (RuntimeException | LinkageError ex) {
			throw new FetchException(unexpected(ex));
		}
	}

	/**
	 * The class alone: a message of an unforeseen exception may quote anything.
	 */
	static FetchFailure unexpected(Throwable thrown) {
		return new FetchFailure(FailureReason.SERVICE_ERROR,
				"unexpected " + NestedExceptionUtils.getMostSpecificCause(thrown).getClass().getName());
	}

}
