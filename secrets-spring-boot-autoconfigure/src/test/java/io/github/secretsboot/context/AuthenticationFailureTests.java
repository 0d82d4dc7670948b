package io.github.secretsboot.context;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.github.secretsboot.SecretSnapshot;
import io.github.secretsboot.fetch.TestSecretReader;
import io.github.secretsboot.refresh.MutableClock;
import io.github.secretsboot.refresh.PassObserver;
import io.github.secretsboot.refresh.SecretsEngine;
import io.github.secretsboot.refresh.TestEngine;
import io.github.secretsboot.refresh.TestExecutor;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class AuthenticationFailureTests {

	private final TestSecretReader reader = new TestSecretReader().put("a", "{\"KEY\":\"canary-1\"}")
		.put("b", "{\"OTHER\":\"canary-1\"}");

	private final MutableClock clock = new MutableClock();

	private final SecretsEngine engine = TestEngine.loaded(this.reader, this.clock, TestEngine.source("a"),
			TestEngine.source("b"));

	private final DefaultSecrets secrets = new DefaultSecrets(this.engine, new DelayedCloser(new TestExecutor()));

	private final Passes passes = new Passes();

	AuthenticationFailureTests() {
		this.engine.addPassObserver(this.passes);
	}

	@Test
	void whenKeyHasRotatedThenReportBringsTheNewOne() {
		this.reader.put("a", "{\"KEY\":\"canary-2\"}");
		assertThat(this.secrets.reportAuthenticationFailure("a")).isTrue();
		assertThat(this.secrets.get("a").get("KEY")).isEqualTo("canary-2");
	}

	@Test
	void whenNothingHasChangedThenReportSaysSoAndTheNextOneWaits() {
		assertThat(this.secrets.reportAuthenticationFailure("a")).isFalse();
		assertThat(this.secrets.reportAuthenticationFailure("a")).isFalse();
		assertThat(this.passes.count).isEqualTo(1);
		assertThat(this.secrets.reportAuthenticationFailure("b")).isFalse();
		assertThat(this.passes.count).isEqualTo(2);
	}

	@Test
	void whenNothingEverChangesThenChecksBecomeRare() {
		for (int i = 0; i < 600; i++) {
			this.secrets.reportAuthenticationFailure("a");
			this.clock.advance(Duration.ofMillis(100));
		}
		int firstMinute = this.passes.count;
		for (int i = 0; i < 6000; i++) {
			this.secrets.reportAuthenticationFailure("a");
			this.clock.advance(Duration.ofMillis(100));
		}
		assertThat(firstMinute).isBetween(10, 30);
		assertThat(this.passes.count - firstMinute).isLessThan(30);
	}

	@Test
	void whenSecretChangedAMomentAgoThenReportSaysSoWithoutACheck() {
		this.secrets.reportAuthenticationFailure("a");
		this.reader.put("a", "{\"KEY\":\"canary-2\"}");
		this.secrets.refresh();
		int before = this.passes.count;
		assertThat(this.secrets.reportAuthenticationFailure("a")).isTrue();
		assertThat(this.passes.count).isEqualTo(before);
		this.clock.advance(Duration.ofMinutes(1));
		assertThat(this.secrets.reportAuthenticationFailure("a")).isFalse();
	}

	@Test
	void whenSnapshotHasBeenReplacedThenReportNeedsNoCheck() {
		SecretSnapshot refused = this.secrets.get("a");
		this.reader.put("a", "{\"KEY\":\"canary-2\"}");
		this.secrets.refresh();
		int before = this.passes.count;
		assertThat(this.secrets.reportAuthenticationFailure(refused)).isTrue();
		assertThat(this.passes.count).isEqualTo(before);
		assertThat(this.secrets.reportAuthenticationFailure(this.secrets.get("a"))).isFalse();
	}

	@Test
	void whenManyReportAtOnceThenOneChecks() throws Exception {
		this.reader.put("a", "{\"KEY\":\"canary-2\"}");
		ExecutorService executor = Executors.newFixedThreadPool(16);
		try {
			List<Future<Boolean>> reports = new ArrayList<>();
			for (int i = 0; i < 64; i++) {
				reports.add(executor.submit(() -> this.secrets.reportAuthenticationFailure("a")));
			}
			for (Future<Boolean> report : reports) {
				assertThat(report.get(30, TimeUnit.SECONDS)).isTrue();
			}
			assertThat(this.passes.count).isEqualTo(1);
		}
		finally {
			executor.shutdownNow();
		}
	}

	@Test
	void whenListenerReportsThenIsAnsweredWithoutACheck() {
		List<Boolean> answers = new ArrayList<>();
		this.secrets.onRotation("a", (snapshot) -> answers.add(this.secrets.reportAuthenticationFailure("a")));
		this.reader.put("a", "{\"KEY\":\"canary-2\"}");
		assertThat(this.secrets.reportAuthenticationFailure("a")).isTrue();
		assertThat(answers).containsExactly(true);
		assertThat(this.passes.count).isEqualTo(1);
	}

	@Test
	void whenSecretIsUnknownThenSaysSo() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.secrets.reportAuthenticationFailure("unknown"));
	}

	private static final class Passes implements PassObserver {

		private volatile int count;

		@Override
		public synchronized Pass start() {
			this.count++;
			return (outcome) -> {
			};
		}

	}

}
