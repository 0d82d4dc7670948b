package io.github.secretsboot.refresh;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Function;

import io.github.secretsboot.SecretChange;

import org.springframework.core.Ordered;

/**
 * Checks a secret when somebody was refused with it, and not much more often than it is
 * worth: those who report while a check is under way share its result, and each check
 * that brought nothing puts off the next one. Any thread may report.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets_strategies.html">AWS
 * Secrets Manager: rotation strategies</a>
 */
class AuthenticationFailures implements RefreshListener {

	/** For how long a change explains failures of those who began before it. */
	static final Duration RECENTLY = Duration.ofSeconds(10);

	private static final Duration SHORTEST_PAUSE = Duration.ofMillis(250);

	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

	/** When nothing came of so many checks, the value is wrong for another reason. */
	private static final int PATIENCE = 20;

	private static final Duration PAUSE_WITHOUT_HOPE = Duration.ofMinutes(1);

	/** After so long without a failure the next one is about something new. */
	private static final Duration FORGOTTEN = Duration.ofMinutes(5);

	private final Function<String, Set<String>> names;

	private final Consumer<String> check;

	private final Clock clock;

	private final Duration longestWait;

	private final DoubleSupplier random;

	private final Map<String, Pace> paces = new ConcurrentHashMap<>();

	private final Map<String, Instant> changes = new ConcurrentHashMap<>();

	/**
	 * Create the reports of an engine.
	 * @param names finds the secrets of a name, or throws an exception
	 * @param check checks a secret now
	 * @param clock tells the time
	 * @param longestWait how long to wait for a check that another thread makes
	 * @param random a number between 0 and 1
	 */
	AuthenticationFailures(Function<String, Set<String>> names, Consumer<String> check, Clock clock,
			Duration longestWait, DoubleSupplier random) {
		this.names = names;
		this.check = check;
		this.clock = clock;
		this.longestWait = longestWait;
		this.random = random;
	}

	/**
	 * Check a secret, unless that has just been done.
	 * @param secretName the name or ARN as the application wrote it, or expanded
	 * @return whether other values came into use, now or {@linkplain #RECENTLY recently}
	 * @throws IllegalArgumentException if no source has that name
	 */
	boolean report(String secretName) {
		Set<String> names = this.names.apply(secretName);
		Pace pace = this.paces.computeIfAbsent(secretName, (name) -> new Pace());
		if (pace.isDue(now()) && pace.enter(this.longestWait)) {
			try {
				if (pace.begin(now(), this.random.getAsDouble())) {
					this.check.accept(secretName);
				}
			}
			finally {
				pace.leave();
			}
		}
		Instant recently = now().minus(RECENTLY);
		return names.stream().map(this.changes::get).anyMatch((at) -> at != null && at.isAfter(recently));
	}

	/**
	 * Take note of changes, whoever asked for the pass that brought them.
	 */
	@Override
	public void onChanged(List<SecretChange> changes) {
		changes.forEach((change) -> {
			this.changes.put(change.secretName(), now());
			this.paces.forEach((name, pace) -> {
				if (this.names.apply(name).contains(change.secretName())) {
					pace.changed();
				}
			});
		});
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	private Instant now() {
		return this.clock.instant();
	}

	/**
	 * When a secret may be checked again.
	 */
	private static final class Pace {

		private final ReentrantLock checking = new ReentrantLock();

		private volatile Instant nextAt = Instant.EPOCH;

		private volatile int fruitless;

		/** Whether it is worth waiting in line. */
		boolean isDue(Instant now) {
			return this.checking.isLocked() || !now.isBefore(this.nextAt);
		}

		boolean enter(Duration longestWait) {
			try {
				return this.checking.tryLock(longestWait.toMillis(), TimeUnit.MILLISECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return false;
			}
		}

		void leave() {
			this.checking.unlock();
		}

		/** Called by one thread at a time. */
		boolean begin(Instant now, double random) {
			if (now.isBefore(this.nextAt)) {
				return false;
			}
			int checks = now.isAfter(this.nextAt.plus(FORGOTTEN)) ? 0 : this.fruitless;
			this.nextAt = now.plus(Duration.ofNanos((long) (pause(checks).toNanos() * (0.5 + random / 2))));
			this.fruitless = checks + 1;
			return true;
		}

		private static Duration pause(int checks) {
			if (checks >= PATIENCE) {
				return PAUSE_WITHOUT_HOPE;
			}
			Duration grown = SHORTEST_PAUSE.multipliedBy(1L << checks);
			return (grown.compareTo(LONGEST_PAUSE) < 0) ? grown : LONGEST_PAUSE;
		}

		void changed() {
			this.fruitless = 0;
		}

	}

}
