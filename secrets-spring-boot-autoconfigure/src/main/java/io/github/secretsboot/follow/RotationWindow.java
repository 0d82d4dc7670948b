package io.github.secretsboot.follow;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Bridges the time in which a server has new credentials and Secrets Manager does not
 * show them yet. An attempt that is refused waits for other credentials, asks for the
 * secret to be checked meanwhile, and is then made again. The window opens with the first
 * attempt that is refused with certain credentials and closes with the next one that is
 * not.
 * <p>
 * The server sees each refused pair once, then at most every 15, 30 and 60 seconds: who
 * asks in between waits, or gets the exception of the last try. Once a window has been
 * open for its full length, nobody waits any longer, and each attempt fails with the
 * server's own exception.
 * <p>
 * Any number of threads may make attempts. While the window is open one of them tries,
 * and the others wait for it.
 *
 * @param <T> the credentials
 */
final class RotationWindow<T> {

	private static final Log logger = LogFactory.getLog(RotationWindow.class);

	private static final Duration FIRST_PAUSE = Duration.ofSeconds(15);

	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

	private final Settings settings;

	private final Supplier<T> credentials;

	private final Predicate<Exception> isRefusal;

	private final Runnable checkRequest;

	private final ReentrantLock prober = new ReentrantLock();

	private volatile @Nullable Refusal<T> refusal;

	/**
	 * Create a window that is closed.
	 * @param settings its name, length and clock
	 * @param credentials the credentials in use; asked again and again
	 * @param isRefusal whether a failure is about the credentials
	 * @param checkRequest asks for a check of the secrets that the credentials are from;
	 * must not block, and is called after each pause
	 */
	RotationWindow(Settings settings, Supplier<T> credentials, Predicate<Exception> isRefusal, Runnable checkRequest) {
		this.settings = settings;
		this.credentials = credentials;
		this.isRefusal = isRefusal;
		this.checkRequest = checkRequest;
	}

	Duration length() {
		return this.settings.length();
	}

	/**
	 * Make an attempt with the credentials in use.
	 * @param attempt what to do with them
	 * @param patience for how long to wait at most
	 * @param pause lets a little time pass
	 * @return the result
	 * @throws E what the server said last
	 */
	<R, E extends Exception> R attempt(Attempt<T, R, E> attempt, Duration patience, Pause pause) throws E {
		Refusal<T> open = this.refusal;
		T pair = this.credentials.get();
		if (open == null) {
			try {
				return attempt.with(pair);
			}
			catch (Exception ex) {
				open = refusal(pair, RotationWindow.<E>as(ex));
			}
		}
		return attemptWhileOpen(attempt, open, now().plus(patience), pause);
	}

	private <R, E extends Exception> R attemptWhileOpen(Attempt<T, R, E> attempt, Refusal<T> reason, Instant deadline,
			Pause pause) throws E {
		this.<E>enter(reason, deadline);
		try {
			while (true) {
				T pair = this.credentials.get();
				Refusal<T> open = this.refusal;
				if (open == null || open.failure() == null || !open.isAbout(pair) || open.mayTryAgain(now())) {
					try {
						R result = attempt.with(pair);
						accepted();
						return result;
					}
					catch (Exception ex) {
						open = refusal(pair, RotationWindow.<E>as(ex));
					}
				}
				this.checkRequest.run();
				if (!now().isBefore(open.lastCall(deadline)) || !pause.await()) {
					throw open.<E>thrown();
				}
			}
		}
		finally {
			this.prober.unlock();
		}
	}

	private <E extends Exception> void enter(Refusal<T> open, Instant deadline) throws E {
		try {
			long patience = Math.max(0, Duration.between(now(), deadline).toMillis());
			if (open.failure() == null) {
				this.prober.lockInterruptibly();
			}
			else if (!this.prober.tryLock(patience, TimeUnit.MILLISECONDS)) {
				throw open.<E>thrown();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw open.<E>thrown();
		}
	}

	private <E extends Exception> Refusal<T> refusal(T pair, E failure) throws E {
		if (!this.isRefusal.test(failure)) {
			throw failure;
		}
		return open(pair, failure);
	}

	private Refusal<T> open(T pair, @Nullable Exception failure) {
		Refusal<T> before = this.refusal;
		if (before != null && before.isAbout(pair)) {
			// The first failure of an attempt may have been told by its client already
			Refusal<T> refusal = (before.failure() == null) ? before.explainedBy(failure)
					: before.again(failure, now());
			this.refusal = refusal;
			return refusal;
		}
		Refusal<T> refusal = new Refusal<>(pair, failure, now().plus(length()), FIRST_PAUSE, now().plus(FIRST_PAUSE));
		this.refusal = refusal;
		logger.info("'" + this.settings.name() + "' was refused by its server. If its credentials are being rotated,"
				+ " the new ones are used as soon as AWS Secrets Manager has them.");
		return refusal;
	}

	/**
	 * Somebody was refused who makes attempts in a way of its own.
	 */
	synchronized void refused(T pair) {
		Refusal<T> open = this.refusal;
		if (open == null || !open.isAbout(pair)) {
			open(pair, null);
		}
		this.checkRequest.run();
	}

	/**
	 * Whether somebody may make an attempt in a way of its own.
	 */
	synchronized boolean mayTry(T pair) {
		Refusal<T> open = this.refusal;
		if (open == null || !open.isAbout(pair)) {
			return true;
		}
		this.checkRequest.run();
		if (!open.mayTryAgain(now())) {
			return false;
		}
		this.refusal = open.again(open.failure(), now());
		return true;
	}

	/**
	 * Whether the credentials in use have been refused for longer than anybody waits.
	 */
	boolean isOver() {
		Refusal<T> open = this.refusal;
		return open != null && open.isAbout(this.credentials.get()) && !now().isBefore(open.end());
	}

	/**
	 * Close the window.
	 */
	void accepted() {
		if (this.refusal != null) {
			this.refusal = null;
			logger.info("'" + this.settings.name() + "' is accepted by its server again");
		}
	}

	/**
	 * Forget credentials that are no longer in use.
	 */
	void superseded() {
		Refusal<T> open = this.refusal;
		if (open != null && !open.isAbout(this.credentials.get())) {
			this.refusal = null;
		}
	}

	private Instant now() {
		return this.settings.clock().instant();
	}

	/** What an attempt throws is what it declares, or unchecked. */
	@SuppressWarnings({ "unchecked", "TypeParameterUnusedInFormals" })
	private static <E extends Exception> E as(Exception failure) {
		return (E) failure;
	}

	/**
	 * What there is to know about a window.
	 *
	 * @param name of whom to speak in the log
	 * @param length for how long the window stays open
	 * @param clock tells the time
	 */
	record Settings(String name, Duration length, Clock clock) {
	}

	/**
	 * Lets a little time pass.
	 */
	@FunctionalInterface
	interface Pause {

		/**
		 * Wait.
		 * @return whether it is worth waiting on
		 */
		boolean await();

	}

	/**
	 * Credentials that the server has refused.
	 *
	 * @param pair the credentials
	 * @param failure what the server said, or {@code null} if only its client knows
	 * @param end when the window has been open for its full length
	 * @param pause how long to wait before the next try
	 * @param nextTry when the same credentials may be tried again
	 */
	private record Refusal<T>(T pair, @Nullable Exception failure, Instant end, Duration pause, Instant nextTry) {

		/**
		 * Without the credentials, which need not hide themselves, and what the server
		 * says of them.
		 */
		@Override
		public String toString() {
			return "Refusal until " + this.end;
		}

		boolean isAbout(T other) {
			return this.pair.equals(other);
		}

		boolean mayTryAgain(Instant now) {
			return !now.isBefore(this.nextTry);
		}

		Instant lastCall(Instant deadline) {
			return deadline.isBefore(this.end) ? deadline : this.end;
		}

		@SuppressWarnings("TypeParameterUnusedInFormals")
		<E extends Exception> E thrown() {
			return RotationWindow
				.as((this.failure != null) ? this.failure : new IllegalStateException("The credentials were refused"));
		}

		Refusal<T> again(@Nullable Exception failure, Instant now) {
			Duration doubled = this.pause.multipliedBy(2);
			Duration pause = (doubled.compareTo(LONGEST_PAUSE) < 0) ? doubled : LONGEST_PAUSE;
			return new Refusal<>(this.pair, failure, this.end, pause, now.plus(pause));
		}

		Refusal<T> explainedBy(@Nullable Exception failure) {
			return new Refusal<>(this.pair, failure, this.end, this.pause, this.nextTry);
		}

	}

}
