package io.github.secretsboot.fetch;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;

import io.github.secretsboot.FailureReason;
import org.jspecify.annotations.Nullable;

import org.springframework.core.NestedExceptionUtils;

/**
 * Makes the calls of a {@link SecretFetcher}, counts them, and tells observers of each. A
 * call is counted when it begins, whatever comes of it; the SDK's retries and the further
 * pages of one batch belong to the call. Safe for use by many threads.
 * <p>
 * Secrets are loaded before there is anybody to observe it, so the first calls are
 * remembered for an observer that comes later.
 */
public class FetchCalls {

	static final FetchFailure TIMED_OUT = new FetchFailure(FailureReason.TIMED_OUT,
			"no answer within secrets.fetch.timeout");

	/**
	 * In an application without metrics nobody ever observes. A start with 500 secrets
	 * and without the permission for batches is 525 calls.
	 */
	private static final int MAX_EARLY_CALLS = 1000;

	private final SecretReader reader;

	private final Map<CallOperation, LongAdder> counts = new EnumMap<>(CallOperation.class);

	private final List<EarlyCall> early = new ArrayList<>();

	private final CallObserver memory = this::remember;

	private final List<CallObserver> observers = new CopyOnWriteArrayList<>(List.of(this.memory));

	FetchCalls(SecretReader reader) {
		this.reader = reader;
		for (CallOperation operation : CallOperation.values()) {
			this.counts.put(operation, new LongAdder());
		}
	}

	FetchResult single(SecretRequest request, Deadline deadline) {
		OngoingCall call = begin(CallOperation.GET_SECRET_VALUE);
		try {
			SecretValue value = this.reader.read(request, deadline);
			call.answered();
			return FetchResult.of(value);
		}
		catch (RuntimeException | LinkageError ex) {
			return FetchResult.of(call.failed(ex));
		}
		finally {
			call.end();
		}
	}

	/**
	 * Make a call for a batch.
	 * @throws FetchException if it fails as a whole
	 */
	Map<SecretRequest, FetchResult> batch(List<SecretRequest> requests, Deadline deadline) {
		OngoingCall call = begin(CallOperation.BATCH_GET_SECRET_VALUE);
		try {
			Map<SecretRequest, FetchResult> results = this.reader.readBatch(requests, deadline);
			call.answered();
			return results;
		}
		catch (RuntimeException | LinkageError ex) {
			throw new FetchException(call.failed(ex));
		}
		finally {
			call.end();
		}
	}

	/**
	 * The class alone: a message of an unforeseen exception may quote anything.
	 */
	static FetchFailure unexpected(Throwable thrown) {
		return new FetchFailure(FailureReason.SERVICE_ERROR,
				"unexpected " + NestedExceptionUtils.getMostSpecificCause(thrown).getClass().getName());
	}

	private OngoingCall begin(CallOperation operation) {
		counter(operation).increment();
		OngoingCall call = new OngoingCall();
		this.observers.forEach((observer) -> call.observed.push(observer.start(operation)));
		return call;
	}

	/**
	 * How many calls have begun.
	 * @param operation what was called
	 * @return the number
	 */
	public long count(CallOperation operation) {
		return counter(operation).sum();
	}

	private LongAdder counter(CallOperation operation) {
		return Objects.requireNonNull(this.counts.get(operation));
	}

	/**
	 * Have an observer told of every call that begins from now on.
	 * @param observer the observer
	 */
	public void addObserver(CallObserver observer) {
		this.observers.remove(this.memory);
		this.observers.add(observer);
	}

	/**
	 * Stop telling an observer.
	 * @param observer the observer
	 */
	public void removeObserver(CallObserver observer) {
		this.observers.remove(observer);
	}

	private CallObserver.Call remember(CallOperation operation) {
		long start = System.nanoTime();
		return (failure) -> {
			Duration duration = Duration.ofNanos(System.nanoTime() - start);
			synchronized (this.early) {
				if (this.early.size() < MAX_EARLY_CALLS) {
					this.early.add(new EarlyCall(operation, failure, duration));
				}
			}
		};
	}

	/**
	 * The calls that ended without having been observed, at most the first 1,000.
	 * @return the calls
	 */
	public List<EarlyCall> earlyCalls() {
		synchronized (this.early) {
			return List.copyOf(this.early);
		}
	}

	/**
	 * A call that was made before there was an observer.
	 *
	 * @param operation what was called
	 * @param failure why it failed as a whole, or {@code null} if AWS answered it
	 * @param duration how long it took
	 */
	public record EarlyCall(CallOperation operation, @Nullable FailureReason failure, Duration duration) {
	}

	/**
	 * A call that has begun. Used by the thread that makes it.
	 */
	private static final class OngoingCall {

		/** The last one first: each may have opened a scope on the thread. */
		private final Deque<CallObserver.Call> observed = new ArrayDeque<>();

		/** Unless we learn better: an error that nobody foresaw. */
		private @Nullable FailureReason failure = FailureReason.SERVICE_ERROR;

		void answered() {
			this.failure = null;
		}

		FetchFailure failed(Throwable thrown) {
			FetchFailure known = (thrown instanceof FetchException ex) ? ex.getFailure() : unexpected(thrown);
			this.failure = known.reason();
			return known;
		}

		void end() {
			this.observed.forEach((call) -> call.end(this.failure));
		}

	}

}
