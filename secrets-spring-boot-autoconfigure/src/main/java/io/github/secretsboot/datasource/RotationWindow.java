package io.github.secretsboot.datasource;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Bridges the time in which a database has new credentials and Secrets Manager does not
 * show them yet. A login that is refused waits for other credentials, asks for the secret
 * to be checked meanwhile, and then tries again. The window opens with the first login
 * that is refused with certain credentials and closes with the next one that is not.
 * <p>
 * The database sees each refused pair once, then at most every 15, 30 and 60 seconds: who
 * asks in between waits, or gets the exception of the last try. Once a window has been
 * open for its full length, nobody waits any longer, and each login fails with the
 * database's own exception.
 * <p>
 * Any number of threads may log in. While the window is open one of them tries, and the
 * others wait for it.
 */
final class RotationWindow {

	private static final Log logger = LogFactory.getLog(RotationWindow.class);

	private static final Duration FIRST_PAUSE = Duration.ofSeconds(15);

	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

	private final Settings settings;

	private final Supplier<DatabaseCredentials> credentials;

	private final Runnable checkRequest;

	private final ReentrantLock prober = new ReentrantLock();

	private volatile @Nullable Refusal refusal;

	/**
	 * Create a window that is closed.
	 * @param settings its name, length and clock
	 * @param credentials the credentials in use; asked again and again
	 * @param checkRequest asks for a check of the secrets that the credentials are from;
	 * must not block, and is called after each pause
	 */
	RotationWindow(Settings settings, Supplier<DatabaseCredentials> credentials, Runnable checkRequest) {
		this.settings = settings;
		this.credentials = credentials;
		this.checkRequest = checkRequest;
	}

	/**
	 * Log in with the credentials in use.
	 * @param login opens the connection
	 * @param patience for how long to wait at most
	 * @param pause lets a little time pass
	 * @return the connection
	 * @throws SQLException what the database said last
	 */
	Opened login(Login login, Duration patience, Pause pause) throws SQLException {
		Refusal open = this.refusal;
		DatabaseCredentials pair = this.credentials.get();
		if (open == null) {
			try {
				return new Opened(login.with(pair), pair);
			}
			catch (SQLException ex) {
				open = refused(pair, ex);
			}
		}
		return loginWhileOpen(login, open, now().plus(patience), pause);
	}

	private Opened loginWhileOpen(Login login, Refusal reason, Instant deadline, Pause pause) throws SQLException {
		enter(reason, deadline);
		try {
			while (true) {
				DatabaseCredentials pair = this.credentials.get();
				Refusal open = this.refusal;
				if (open == null || !open.isAbout(pair) || open.mayTryAgain(now())) {
					try {
						Opened opened = new Opened(login.with(pair), pair);
						close(open);
						return opened;
					}
					catch (SQLException ex) {
						open = refused(pair, ex);
					}
				}
				this.checkRequest.run();
				if (!now().isBefore(open.lastCall(deadline)) || !pause.await()) {
					throw open.failure();
				}
			}
		}
		finally {
			this.prober.unlock();
		}
	}

	private void enter(Refusal open, Instant deadline) throws SQLException {
		try {
			long patience = Duration.between(now(), deadline).toMillis();
			if (!this.prober.tryLock(Math.max(0, patience), TimeUnit.MILLISECONDS)) {
				throw open.failure();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw open.failure();
		}
	}

	private Refusal refused(DatabaseCredentials pair, SQLException failure) throws SQLException {
		if (!RefusedLogin.is(failure)) {
			throw failure;
		}
		Refusal before = this.refusal;
		Refusal refusal = (before != null && before.isAbout(pair)) ? before.again(failure, now())
				: new Refusal(pair, failure, now().plus(this.settings.length()), FIRST_PAUSE, now().plus(FIRST_PAUSE));
		this.refusal = refusal;
		if (refusal.pause == FIRST_PAUSE) {
			logger.info(this.settings.name() + " was refused by its database. If its credentials are being rotated,"
					+ " the new ones are used as soon as AWS Secrets Manager has them.");
		}
		return refusal;
	}

	private void close(@Nullable Refusal open) {
		if (open != null) {
			this.refusal = null;
			logger.info(this.settings.name() + " is accepted by its database again");
		}
	}

	private Instant now() {
		return this.settings.clock().instant();
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
	 * A connection that has been opened.
	 *
	 * @param connection the connection
	 * @param credentials what it was opened with
	 */
	record Opened(Connection connection, DatabaseCredentials credentials) {
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
	 * Credentials that the database has refused.
	 *
	 * @param pair the credentials
	 * @param failure what the database said
	 * @param end when the window has been open for its full length
	 * @param pause how long to wait before the next try
	 * @param nextTry when the same credentials may be tried again
	 */
	private record Refusal(DatabaseCredentials pair, SQLException failure, Instant end, Duration pause,
			Instant nextTry) {

		boolean isAbout(DatabaseCredentials other) {
			return this.pair.equals(other);
		}

		boolean mayTryAgain(Instant now) {
			return !now.isBefore(this.nextTry);
		}

		Instant lastCall(Instant deadline) {
			return deadline.isBefore(this.end) ? deadline : this.end;
		}

		Refusal again(SQLException failure, Instant now) {
			Duration doubled = this.pause.multipliedBy(2);
			Duration pause = (doubled.compareTo(LONGEST_PAUSE) < 0) ? doubled : LONGEST_PAUSE;
			return new Refusal(this.pair, failure, this.end, pause, now.plus(pause));
		}

	}

}
