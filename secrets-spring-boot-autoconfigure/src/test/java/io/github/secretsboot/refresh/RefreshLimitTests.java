package io.github.secretsboot.refresh;

import java.time.Duration;

import io.github.secretsboot.FailureReason;
import io.github.secretsboot.RefreshLimitException;
import io.github.secretsboot.fetch.FetchSettings;
import io.github.secretsboot.fetch.SecretFetcher;
import io.github.secretsboot.fetch.TestSecretReader;
import org.apache.commons.logging.impl.NoOpLog;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests how often secrets may be refreshed on request.
 */
class RefreshLimitTests {

	private static final int PER_HOUR = 4;

	private final MutableClock clock = new MutableClock();

	private final TestSecretReader reader = new TestSecretReader().put("a", "{\"A\":\"canary-1\"}")
		.put("b", "{\"B\":\"canary-1\"}");

	private final SecretsEngine engine = new SecretsEngine(List.of(TestEngine.source("a"), TestEngine.source("b")),
			new SecretFetcher(this.reader, new FetchSettings(false, 4, Duration.ofSeconds(10)), new NoOpLog()),
			new RefreshSchedule(true, TestEngine.INTERVAL, 0, () -> 1), new RefreshLimit(PER_HOUR, this.clock),
			this.clock, new NoOpLog());

	RefreshLimitTests() {
		this.engine.load();
	}

	@Test
	void whenAnHourIsUsedUpThenTheNextRefreshSaysWhenAndCallsNobody() {
		refresh(PER_HOUR);
		int calls = this.reader.calls();
		assertThatExceptionOfType(RefreshLimitException.class).isThrownBy(this.engine::refresh)
			.withMessageContaining("requests-per-hour")
			.withMessageContaining("900 s")
			.satisfies((ex) -> assertThat(ex.getRetryAfter()).isEqualTo(Duration.ofMinutes(15)));
		assertThat(this.reader.calls()).isEqualTo(calls);
	}

	@Test
	void whenTimePassesThenRefreshesArePossibleAgainButNoMoreThanThoseOfAnHour() {
		refresh(PER_HOUR);
		this.clock.advance(Duration.ofMinutes(15));
		refresh(1);
		isLimited();
		this.clock.advance(Duration.ofDays(1));
		refresh(PER_HOUR);
		isLimited();
	}

	@Test
	void whenClockIsSetBackThenNothingIsLostOrWon() {
		refresh(PER_HOUR);
		this.clock.advance(Duration.ofHours(-2));
		isLimited();
		this.clock.advance(Duration.ofHours(2));
		isLimited();
	}

	@Test
	void whenOneSecretIsRefreshedThenItCountsByItsCalls() {
		for (int i = 0; i < 2 * PER_HOUR; i++) {
			this.engine.refresh("a");
		}
		assertThatExceptionOfType(RefreshLimitException.class).isThrownBy(() -> this.engine.refresh("a"));
	}

	@Test
	void whenLimitIsReachedThenScheduleRestartsAndRefusedCredentialsStillCheck() {
		refresh(PER_HOUR);
		this.reader.put("a", "{\"A\":\"canary-2\"}");
		assertThat(this.engine.reportAuthenticationFailure("a")).isTrue();
		this.reader.put("a", "{\"A\":\"canary-3\"}");
		assertThat(this.engine.checkAll().changes()).hasSize(1);
		this.reader.put("a", "{\"A\":\"canary-4\"}");
		this.clock.advance(TestEngine.INTERVAL);
		assertThat(this.engine.refreshDue().changes()).hasSize(1);
		isLimited();
	}

	@Test
	void whenRefreshesFailThenTheyCount() {
		this.reader.fail("a", FailureReason.ACCESS_DENIED);
		refresh(PER_HOUR);
		isLimited();
	}

	private void refresh(int times) {
		for (int i = 0; i < times; i++) {
			this.engine.refresh();
		}
	}

	private void isLimited() {
		assertThatExceptionOfType(RefreshLimitException.class).isThrownBy(this.engine::refresh);
	}

}
