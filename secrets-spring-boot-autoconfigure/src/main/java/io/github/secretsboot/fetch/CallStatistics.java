package io.github.secretsboot.fetch;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

import io.github.secretsboot.FailureReason;
import org.jspecify.annotations.Nullable;

/**
 * Counts the calls of a {@link SecretFetcher} since it was created and tells observers of
 * each. A call is counted when it begins, whatever comes of it; the SDK's retries and the
 * further pages of one batch belong to the call. Safe for use by many threads.
 * <p>
 * Secrets are loaded before there is anybody to observe it, so the first calls are
 * remembered for an observer that comes later.
 */
public class CallStatistics {

	private final Map<CallOperation, LongAdder> counts = new EnumMap<>(CallOperation.class);

	private final EarlyCalls early = new EarlyCalls();

	private final List<CallObserver> observers = new CopyOnWriteArrayList<>(List.of(this.early));

	CallStatistics() {
		for (CallOperation operation : CallOperation.values()) {
			this.counts.put(operation, new LongAdder());
		}
	}

	<T> T observe(CallOperation operation, Supplier<T> call) {
		counter(operation).increment();
		Deque<CallObserver.Call> observed = new ArrayDeque<>();
		// Ended in the opposite order: each may open a scope on the thread
		this.observers.forEach((observer) -> observed.push(observer.start(operation)));
		// Unless we learn better: an exception that nobody foresaw
		@Nullable FailureReason failure = FailureReason.SERVICE_ERROR;
		try {
			T result = call.get();
			failure = null;
			return result;
		}
		catch (FetchException ex) {
			failure = ex.getFailure().reason();
			throw ex;
		}
		finally {
			end(observed, failure);
		}
	}

	private static void end(Deque<CallObserver.Call> observed, @Nullable FailureReason failure) {
		observed.forEach((call) -> call.end(failure));
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
		this.observers.remove(this.early);
		this.observers.add(observer);
	}

	/**
	 * Stop telling an observer.
	 * @param observer the observer
	 */
	public void removeObserver(CallObserver observer) {
		this.observers.remove(observer);
	}

	/**
	 * The calls that ended without having been observed, at most the first
	 * {@value EarlyCalls#CAPACITY}.
	 * @return the calls
	 */
	public List<EarlyCall> earlyCalls() {
		return this.early.list();
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

}
