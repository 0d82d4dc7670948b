package io.github.secretsboot.refresh;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import io.github.secretsboot.FailureReason;
import io.github.secretsboot.RefreshResult;
import io.github.secretsboot.SecretChange;
import io.github.secretsboot.SecretFailure;
import io.github.secretsboot.SecretsLoadException;
import io.github.secretsboot.fetch.TestSecretReader;
import io.github.secretsboot.properties.MappedSnapshot;
import io.github.secretsboot.refresh.SourceState.Status;
import io.github.secretsboot.refresh.TestEngine.Recorder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests what one pass does with what it read.
 */
class PassTests {

	private final TestSecretReader reader = new TestSecretReader()
		.put("a", "{\"A_KEY\":\"canary-a1\",\"x\":\"canary-x\"}")
		.put("b", "{\"B_KEY\":\"canary-b1\"}");

	private final MutableClock clock = new MutableClock();

	private SecretsEngine engine = TestEngine.loaded(this.reader, this.clock, TestEngine.source("a"),
			TestEngine.source("b"));

	private Recorder recorder = Recorder.of(this.engine);

	@Test
	void whenNothingChangedThenSnapshotsStayAndNobodyIsTold() {
		SecretsState before = this.engine.state();
		this.clock.advance(Duration.ofMinutes(1));
		RefreshResult result = this.engine.refresh();
		assertThat(result.changes()).isEmpty();
		assertThat(result.failures()).isEmpty();
		assertThat(this.engine.state().properties()).isSameAs(before.properties());
		assertThat(snapshot(0)).isSameAs(before.sources().get(0).snapshot());
		assertThat(state(0).lastCheckedAt()).isEqualTo(this.clock.instant());
		assertThat(state(0).loadedAt()).isEqualTo(this.clock.instant().minusSeconds(60));
		assertThat(this.recorder.changes).isEmpty();
	}

	@Test
	void whenSecretRotatesThenOnlyNamesOfChangedPropertiesAreReported() {
		this.reader.put("a", "{\"A_KEY\":\"canary-a2\",\"x\":\"canary-x\"}");
		RefreshResult result = this.engine.refresh();
		assertThat(result.changes()).containsExactly(new SecretChange("a", "version-1", "version-3", Set.of("A_KEY")));
		assertThat(this.recorder.changes).containsExactly(result.changes());
		assertThat(value("A_KEY")).isEqualTo("canary-a2");
	}

	@Test
	void whenTwoSecretsRotateThenThereIsOneSwapAndOneNotification() {
		SecretsState before = this.engine.state();
		this.engine.addListener(new RefreshListener() {

			@Override
			public void onChanged(List<SecretChange> changes) {
				assertThat(value("A_KEY") + value("B_KEY")).isEqualTo("canary-a2canary-b2");
			}

		});
		this.engine.addValidator((candidate) -> assertThat(this.engine.state()).isSameAs(before));
		this.reader.put("a", "{\"A_KEY\":\"canary-a2\"}").put("b", "{\"B_KEY\":\"canary-b2\"}");
		assertThat(this.engine.refresh().changes()).hasSize(2);
		assertThat(this.recorder.changes).hasSize(1);
		assertThat(value("A_KEY") + value("B_KEY")).isEqualTo("canary-a2canary-b2");
	}

	@Test
	void whenKeysAreReorderedThenNothingIsReported() {
		this.reader.put("a", "{\"x\":\"canary-x\", \"A_KEY\":\"canary-a1\"}");
		assertThat(this.engine.refresh().changes()).isEmpty();
		assertThat(this.recorder.changes).isEmpty();
		assertThat(snapshot(0).version().versionId()).isEqualTo("version-3");
		assertThat(state(0).status()).isEqualTo(Status.CURRENT);
	}

	@Test
	void whenBinaryIsUnchangedThenNothingIsReported() {
		this.reader.put("a", new byte[] { 0, 1, 2 });
		this.engine.refresh();
		this.recorder.changes.clear();
		this.reader.put("a", new byte[] { 0, 1, 2 });
		assertThat(this.engine.refresh().changes()).isEmpty();
		assertThat(this.recorder.changes).isEmpty();
	}

	@Test
	void whenContentIsUnchangedThenValidatorsAreNotAsked() {
		this.engine.addValidator((candidate) -> {
			throw new IllegalStateException("not asked");
		});
		this.reader.put("a", "{\"x\":\"canary-x\", \"A_KEY\":\"canary-a1\"}");
		assertThat(this.engine.refresh().failures()).isEmpty();
	}

	@Test
	void whenKeyIsRemovedThenItIsReportedAndGone() {
		this.reader.put("a", "{\"A_KEY\":\"canary-a1\"}");
		assertThat(this.engine.refresh().changes().get(0).propertyNames()).containsExactly("x");
		assertThat(this.engine.state().properties().find("x")).isNull();
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "REJECTED")
	void whenOneSecretFailsThenItKeepsItsValuesAndTheOtherRotates(FailureReason reason) {
		this.reader.put("b", "{\"B_KEY\":\"canary-b2\"}").fail("a", reason);
		this.clock.advance(Duration.ofMinutes(5));
		Instant now = this.clock.instant();
		RefreshResult result = this.engine.refreshDue();
		assertThat(result.changes()).extracting(SecretChange::secretName).containsExactly("b");
		assertThat(result.failures())
			.containsExactly(new SecretFailure("a", TestSecretReader.REGION, reason, "told to fail", now));
		assertThat(this.recorder.failures).containsExactly(result.failures());
		assertThat(value("A_KEY")).isEqualTo("canary-a1");
		assertThat(value("B_KEY")).isEqualTo("canary-b2");
		assertThat(state(0).status()).isEqualTo(Status.STALE);
		assertThat(state(0).nextCheckAt()).isEqualTo(now.plusSeconds(2));
		assertThat(state(1).nextCheckAt()).isEqualTo(now.plus(TestEngine.INTERVAL));
	}

	@Test
	void whenSecretKeepsFailingThenItSaysSinceWhenAndBacksOff() {
		Instant first = this.clock.instant();
		this.reader.fail("a", FailureReason.THROTTLED);
		this.engine.refresh();
		this.clock.advance(Duration.ofSeconds(2));
		this.engine.refreshDue();
		assertThat(state(0).failure().since()).isEqualTo(first);
		assertThat(state(0).failure().attempts()).isEqualTo(2);
		assertThat(state(0).nextCheckAt()).isEqualTo(this.clock.instant().plusSeconds(4));
		this.reader.recover("a");
		assertThat(this.engine.refresh().failures()).isEmpty();
		assertThat(state(0).failure()).isNull();
		assertThat(state(0).status()).isEqualTo(Status.CURRENT);
	}

	@Test
	void whenRequiredSecretVanishesThenItIsStaleAndNotFound() {
		this.reader.remove("a");
		RefreshResult result = this.engine.refresh();
		assertThat(result.failures()).extracting(SecretFailure::reason).containsExactly(FailureReason.NOT_FOUND);
		assertThat(state(0).status()).isEqualTo(Status.STALE);
		assertThat(value("A_KEY")).isEqualTo("canary-a1");
	}

	@Test
	void whenNewVersionIsMalformedThenTheOldOneStays() {
		this.reader.put("a", "{\"A_KEY\":\"canary-a2");
		assertThat(this.engine.refresh().failures()).extracting(SecretFailure::reason)
			.containsExactly(FailureReason.MALFORMED);
		assertThat(value("A_KEY")).isEqualTo("canary-a1");
		assertThat(state(0).failure().detail()).doesNotContain("canary");
		this.reader.put("a", "{\"A_KEY\":\"canary-a3\"}");
		assertThat(this.engine.refresh().failures()).isEmpty();
		assertThat(value("A_KEY")).isEqualTo("canary-a3");
	}

	@Test
	void whenOnlyOneSecretIsAskedForThenOthersAreNotRead() {
		this.reader.put("a", "{\"A_KEY\":\"canary-a2\"}").put("b", "{\"B_KEY\":\"canary-b2\"}");
		Instant next = state(1).nextCheckAt();
		this.clock.advance(Duration.ofMinutes(1));
		assertThat(this.engine.refresh("a").changes()).extracting(SecretChange::secretName).containsExactly("a");
		assertThat(value("B_KEY")).isEqualTo("canary-b1");
		assertThat(state(1).nextCheckAt()).isEqualTo(next);
		assertThat(state(0).nextCheckAt()).as("it joins the others again").isEqualTo(next);
	}

	@Test
	void whenNameIsUnknownThenRefreshIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.engine.refresh("unknown"))
			.withMessageContaining("unknown");
	}

	@Test
	void whenNothingIsDueThenNothingIsRead() {
		int calls = this.reader.calls();
		this.engine.refreshDue();
		assertThat(this.reader.calls()).isEqualTo(calls);
	}

	@Test
	void whenSecretIsCreatedAgainThenItIsReadByName() {
		this.reader.remove("a");
		this.engine.refresh();
		this.reader.put("a", "{\"A_KEY\":\"canary-a2\"}");
		assertThat(this.engine.refresh().changes()).hasSize(1);
		assertThat(value("A_KEY")).isEqualTo("canary-a2");
	}

	@Test
	void whenOptionalSecretAppearsThenTheNextPassLoadsIt() {
		use(TestEngine.source("a"), TestEngine.optional("later"));
		assertThat(state(1).status()).isEqualTo(Status.MISSING);
		assertThat(state(1).nextCheckAt()).isEqualTo(this.clock.instant().plus(TestEngine.INTERVAL));
		assertThat(this.engine.refresh().failures()).isEmpty();
		this.reader.put("later", "{\"LATER_KEY\":\"canary-later\"}");
		this.clock.advance(TestEngine.INTERVAL);
		assertThat(this.engine.refreshDue().changes())
			.containsExactly(new SecretChange("later", null, "version-3", Set.of("LATER_KEY")));
		assertThat(value("LATER_KEY")).isEqualTo("canary-later");
		assertThat(state(1).status()).isEqualTo(Status.CURRENT);
	}

	@Test
	void whenOptionalSecretIsDeniedThenLoadingFails() {
		this.reader.fail("later", FailureReason.ACCESS_DENIED);
		SecretsEngine engine = TestEngine.create(this.reader, this.clock, TestEngine.optional("later"));
		assertThatExceptionOfType(SecretsLoadException.class).isThrownBy(engine::load);
	}

	@Test
	void whenVersionIsPinnedThenItIsNeverReadAgain() {
		use(TestEngine.pinned("a", "version-1"));
		int calls = this.reader.calls();
		assertThat(state(0).nextCheckAt()).isNull();
		assertThat(this.engine.nextCheckAt()).isNull();
		this.engine.refresh();
		this.engine.refresh("a");
		assertThat(this.reader.calls()).isEqualTo(calls);
	}

	@Test
	void whenPreviousIsAskedForThenBothVersionsAreThereAndMoveTogether() {
		use(TestEngine.withPrevious("a"));
		assertThat(this.engine.state().properties().find("A_KEY.previous")).isNull();
		this.reader.put("a", "{\"A_KEY\":\"canary-a2\"}");
		assertThat(this.engine.refresh().changes().get(0).propertyNames()).contains("A_KEY", "A_KEY.previous");
		assertThat(value("A_KEY.previous")).isEqualTo("canary-a1");
		this.reader.put("a", "{\"A_KEY\":\"canary-a3\"}");
		this.engine.refresh();
		assertThat(value("A_KEY")).isEqualTo("canary-a3");
		assertThat(value("A_KEY.previous")).isEqualTo("canary-a2");
		int calls = this.reader.calls();
		this.engine.refresh();
		assertThat(this.reader.calls()).as("the previous version is not read again").isEqualTo(calls + 1);
	}

	private void use(SecretSource... sources) {
		this.engine = TestEngine.loaded(this.reader, this.clock, sources);
		this.recorder = Recorder.of(this.engine);
	}

	private SourceState state(int index) {
		return this.engine.state().sources().get(index);
	}

	private MappedSnapshot snapshot(int index) {
		return state(index).snapshot();
	}

	private String value(String name) {
		return (String) this.engine.state().properties().find(name).value();
	}

}
