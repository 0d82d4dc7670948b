package io.github.secretsboot.refresh;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiPredicate;
import java.util.function.Supplier;

import org.springframework.util.Assert;

/**
 * Lets one thread do a job that several ask for. Whoever asks while a job is under way
 * that covers theirs waits and shares its result; others wait and then take their turn.
 *
 * @param <S> what a job is about
 * @param <R> what comes of it
 */
class SingleFlight<S, R> {

	private final AtomicReference<Flight<S, R>> current = new AtomicReference<>();

	/**
	 * Run a job, or share one.
	 * @param scope what the job is about
	 * @param covers whether the first scope includes the second one
	 * @param job the job; never run by two threads at once
	 * @return the result
	 * @throws IllegalStateException if the job itself asks, which would wait forever
	 */
	R run(S scope, BiPredicate<S, S> covers, Supplier<R> job) {
		Flight<S, R> mine = new Flight<>(scope, Thread.currentThread(), new CompletableFuture<>());
		while (!this.current.compareAndSet(null, mine)) {
			Flight<S, R> other = this.current.get();
			if (other != null) {
				Assert.state(other.thread != mine.thread, "A pass cannot be asked for from within a pass");
				if (covers.test(other.scope, scope)) {
					return join(other.result);
				}
				join(other.result.handle((ignored, failure) -> null));
			}
		}
		return fly(mine, job);
	}

	private R fly(Flight<S, R> mine, Supplier<R> job) {
		try {
			R result = land(job);
			mine.result.complete(result);
			return result;
		}
		catch (RuntimeException | Error ex) {
			mine.result.completeExceptionally(ex);
			throw ex;
		}
	}

	/** The next job may begin before anybody gets the result of this one. */
	private R land(Supplier<R> job) {
		try {
			return job.get();
		}
		finally {
			this.current.set(null);
		}
	}

	private static <T> T join(CompletableFuture<T> future) {
		try {
			return future.join();
		}
		catch (CompletionException ex) {
			if (ex.getCause() instanceof RuntimeException cause) {
				throw cause;
			}
			throw ex;
		}
	}

	private record Flight<S, R>(S scope, Thread thread, CompletableFuture<R> result) {
	}

}
