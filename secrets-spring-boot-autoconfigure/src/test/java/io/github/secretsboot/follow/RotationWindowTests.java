package io.github.secretsboot.follow;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.secretsboot.follow.RotationWindow.Settings;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.awaitility.Awaitility.await;

class RotationWindowTests {

	private static final Duration LENGTH = Duration.ofSeconds(90);

	private static final Duration PATIENCE = Duration.ofSeconds(27);

	private static final Credentials OLD = new Credentials("app", "canary-old");

	private static final Credentials NEW = new Credentials("app", "canary-new");

	private static final Credentials OTHER = new Credentials("app_clone", "canary-other");

	private final List<Credentials> tried = new ArrayList<>();

	private final AtomicInteger checkRequests = new AtomicInteger();

	private volatile Credentials current = OLD;

	private volatile Credentials accepted = OLD;

	private volatile Instant now = Instant.parse("2026-11-23T12:00:00Z");

	private volatile Runnable meanwhile = () -> {
	};

	private final RotationWindow<Credentials> window = new RotationWindow<>(
			new Settings("test", LENGTH, new ManualClock()), () -> this.current,
			(failure) -> failure.getMessage().startsWith("refused"), this.checkRequests::incrementAndGet);

	private synchronized Credentials open(Credentials credentials) throws SQLException {
		this.tried.add(credentials);
		if (!credentials.equals(this.accepted)) {
			throw new SQLException("refused, try " + this.tried.size(), "28P01");
		}
		return credentials;
	}

	private boolean pause() {
		this.now = this.now.plusMillis(100);
		this.meanwhile.run();
		return true;
	}

	private Credentials login() throws SQLException {
		return this.window.attempt(this::open, PATIENCE, this::pause);
	}

	@Test
	void whenLoginIsAcceptedThenNothingIsChecked() throws SQLException {
		assertThat(login()).isEqualTo(OLD);
		assertThat(this.checkRequests).hasValue(0);
	}

	@Test
	void whenDatabaseIsAheadThenWaitsForTheSecretWithoutAnotherBadLogin() throws SQLException {
		this.accepted = NEW;
		Instant rotated = this.now.plusSeconds(2);
		this.meanwhile = () -> this.current = this.now.isBefore(rotated) ? OLD : NEW;
		assertThat(login()).isEqualTo(NEW);
		assertThat(this.tried).containsExactly(OLD, NEW);
		assertThat(this.checkRequests).hasValueGreaterThan(10);
		login();
		assertThat(this.tried).containsExactly(OLD, NEW, NEW);
	}

	@Test
	void whenUsersAlternateThenTheOtherUserIsTriedAtOnce() throws SQLException {
		this.accepted = OTHER;
		this.meanwhile = () -> this.current = OTHER;
		assertThat(login()).isEqualTo(OTHER);
		assertThat(this.tried).containsExactly(OLD, OTHER);
	}

	@Test
	void whenSecretIsAheadThenTriesTheSameCredentialsAgain() throws SQLException {
		this.current = NEW;
		Instant set = this.now.plusSeconds(10);
		this.meanwhile = () -> this.accepted = this.now.isBefore(set) ? OLD : NEW;
		assertThat(login()).isEqualTo(NEW);
		assertThat(this.tried).containsExactly(NEW, NEW);
	}

	@Test
	void whenPatienceIsOverThenFailsWithWhatTheDatabaseSaid() {
		this.accepted = NEW;
		Instant begin = this.now;
		assertThatExceptionOfType(SQLException.class).isThrownBy(this::login).withMessageStartingWith("refused");
		assertThat(Duration.between(begin, this.now)).isEqualTo(PATIENCE);
	}

	@Test
	void whenPasswordIsWrongForGoodThenBadLoginsAreFewAndNobodyWaitsAnyLonger() {
		this.accepted = NEW;
		Instant end = this.now.plus(LENGTH);
		while (this.now.isBefore(end)) {
			assertThatExceptionOfType(SQLException.class).isThrownBy(this::login);
		}
		assertThat(this.tried).hasSize(3);
		Instant after = this.now;
		assertThatExceptionOfType(SQLException.class).isThrownBy(this::login).withMessage("refused, try 3");
		assertThat(this.now).isEqualTo(after);
		this.now = this.now.plusSeconds(60);
		this.accepted = OLD;
		assertThat(this.tried).hasSize(3);
		assertThatNoException().isThrownBy(this::login);
	}

	@Test
	void whenAnotherPairIsRefusedThenItHasAWindowOfItsOwn() throws SQLException {
		this.accepted = OTHER;
		for (int i = 0; i < 5; i++) {
			assertThatExceptionOfType(SQLException.class).isThrownBy(this::login);
		}
		this.current = NEW;
		Instant begin = this.now;
		this.meanwhile = () -> this.current = this.now.isBefore(begin.plusSeconds(5)) ? NEW : OTHER;
		assertThat(login()).isEqualTo(OTHER);
		assertThat(this.tried).filteredOn(NEW::equals).hasSize(1);
	}

	@Test
	void whenDatabaseIsDownThenFailsAtOnce() {
		SQLException down = new SQLException("down", "08001");
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> this.window.attempt((credentials) -> {
			throw down;
		}, PATIENCE, this::pause)).isSameAs(down);
		assertThat(this.checkRequests).hasValue(0);
	}

	@Test
	void whenPoolIsClosedThenStopsWaiting() {
		this.accepted = NEW;
		Instant begin = this.now;
		assertThatExceptionOfType(SQLException.class)
			.isThrownBy(() -> this.window.attempt(this::open, PATIENCE, () -> false));
		assertThat(this.now).isEqualTo(begin);
	}

	@Test
	void whenManyLogInDuringARotationThenOneOfThemTries() throws Exception {
		this.accepted = NEW;
		assertThatExceptionOfType(SQLException.class)
			.isThrownBy(() -> this.window.attempt(this::open, PATIENCE, () -> false));
		CountDownLatch rotated = new CountDownLatch(1);
		this.meanwhile = () -> {
			try {
				assertThat(rotated.await(30, TimeUnit.SECONDS)).isTrue();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
			this.current = NEW;
		};
		ExecutorService executor = Executors.newFixedThreadPool(8);
		try {
			List<Future<Credentials>> logins = new ArrayList<>();
			for (int i = 0; i < 8; i++) {
				logins.add(executor.submit(this::login));
			}
			await().until(() -> this.checkRequests.get() == 2);
			assertThat(this.tried).containsExactly(OLD);
			rotated.countDown();
			for (Future<Credentials> login : logins) {
				assertThat(login.get(30, TimeUnit.SECONDS)).isEqualTo(NEW);
			}
			assertThat(this.tried).filteredOn(OLD::equals).hasSize(1);
		}
		finally {
			executor.shutdownNow();
		}
	}

	@Test
	void whenClientConnectsByItselfThenRefusedCredentialsAreShownSeldom() {
		assertThat(this.window.mayTry(OLD)).isTrue();
		this.window.refused(OLD);
		assertThat(this.checkRequests).hasValue(1);
		assertThat(this.window.mayTry(OLD)).isFalse();
		assertThat(this.window.mayTry(NEW)).isTrue();
		this.now = this.now.plusSeconds(15);
		assertThat(this.window.mayTry(OLD)).isTrue();
		assertThat(this.window.mayTry(OLD)).isFalse();
		this.now = this.now.plusSeconds(29);
		assertThat(this.window.mayTry(OLD)).isFalse();
		this.now = this.now.plusSeconds(1);
		assertThat(this.window.mayTry(OLD)).isTrue();
		this.window.accepted();
		assertThat(this.window.mayTry(OLD)).isTrue();
	}

	@Test
	void whenOnlyTheClientKnowsOfTheRefusalThenAnAttemptIsMadeForItsReason() {
		this.accepted = NEW;
		this.window.refused(OLD);
		assertThatExceptionOfType(SQLException.class).isThrownBy(this::login).withMessage("refused, try 2");
	}

	private final class ManualClock extends Clock {

		@Override
		public Instant instant() {
			return RotationWindowTests.this.now;
		}

		@Override
		public ZoneOffset getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

	}

}
