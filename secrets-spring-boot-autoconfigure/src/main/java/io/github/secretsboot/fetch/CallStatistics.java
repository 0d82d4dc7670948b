package io.github.secretsboot.fetch;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

import io.github.secretsboot.FailureReason;
import org.jspecify.annotations.Nullable;

/**
 * Counts the calls of a {@link SecretFetcher} since it was created and tells an observer
 * of each. A call is counted when it begins, whatever comes of it; the SDK's retries and
 * the further pages of one batch belong to the call. Safe for use by many threads.
 * <p>
 * Secrets are loaded before there is anybody to observe it, so the first calls are
 * remembered for an observer that comes later.
 */
public class CallStatistics {

	private final Map<CallOperation, LongAdder> counts = new EnumMap<>(CallOperation.class);

	private final EarlyCalls early = new EarlyCalls();

	private volatile CallObserver observer = this.early;

	CallStatistics() {
		for (CallOperation operation : CallOperation.values()) {
			this.counts.put(operation, new LongAdder());
		}
	}

	<T> T observe(CallOperation operation, Supplier<T> call) {
		counter(operation).increment();
		CallObserver.Call observed = this.observer.start(operation);
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
			observed.end(failure);
		}
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
	 * Have an observer told of every call that begins from now on, in place of the one
	 * before.
	 * @param observer the observer
	 */
	public void setObserver(CallObserver observer) {
		this.observer = observer;
	}

	/**
	 * Stop telling an observer, if nobody has replaced it.
	 * @param observer the observer
	 */
	public void removeObserver(CallObserver observer) {
		if (this.observer == observer) {
			this.observer = CallObserver.NONE;
		}
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
