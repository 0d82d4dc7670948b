package io.github.secretsboot.refresh;

import java.util.ArrayList;
import java.util.List;

import io.github.secretsboot.FailureReason;
import io.github.secretsboot.RefreshResult;
import io.github.secretsboot.SecretFailure;
import io.github.secretsboot.SecretValidator;
import io.github.secretsboot.fetch.TestSecretReader;
import io.github.secretsboot.refresh.SourceState.Status;
import io.github.secretsboot.refresh.TestEngine.Recorder;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what becomes of versions that a validator refuses.
 */
class ValidatorTests {

	private final TestSecretReader reader = new TestSecretReader().put("a", "{\"A_KEY\":\"canary-a1\"}");

	private final MutableClock clock = new MutableClock();

	private final SecretsEngine engine = TestEngine.loaded(this.reader, this.clock, TestEngine.source("a"));

	private final Recorder recorder = Recorder.of(this.engine);

	private final List<String> seen = new ArrayList<>();

	private final SecretValidator refusing = (candidate) -> {
		this.seen.add(candidate.version().versionId());
		throw new IllegalStateException("canary in a message");
	};

	@Test
	void whenValidatorRefusesThenTheOldVersionStays() {
		this.engine.addValidator(this.refusing);
		this.reader.put("a", "{\"A_KEY\":\"canary-a2\"}");
		RefreshResult result = this.engine.refresh();
		assertThat(result.changes()).isEmpty();
		assertThat(result.failures()).extracting(SecretFailure::reason).containsExactly(FailureReason.REJECTED);
		assertThat(this.recorder.failures).hasSize(1);
		assertThat(this.recorder.changes).isEmpty();
		assertThat(value()).isEqualTo("canary-a1");
		SourceState state = this.engine.state().sources().get(0);
		assertThat(state.status()).isEqualTo(Status.REJECTED);
		assertThat(state.failure().rejectedVersionId()).isEqualTo("version-2");
		assertThat(state.failure().detail()).doesNotContain("canary");
	}

	@Test
	void whenVersionWasRefusedThenScheduledPassesDoNotTryItAgain() {
		this.engine.addValidator(this.refusing);
		this.reader.put("a", "{\"A_KEY\":\"canary-a2\"}");
		for (int i = 0; i < 3; i++) {
			this.clock.advance(TestEngine.INTERVAL.multipliedBy(2));
			assertThat(this.engine.refreshDue().failures()).hasSize(1);
		}
		assertThat(this.seen).containsExactly("version-2");
	}

	@Test
	void whenVersionWasRefusedThenPassOnDemandTriesItAgain() {
		this.engine.addValidator(this.refusing);
		this.reader.put("a", "{\"A_KEY\":\"canary-a2\"}");
		this.engine.refresh();
		this.engine.refresh("a");
		assertThat(this.seen).containsExactly("version-2", "version-2");
		this.engine.removeValidator(this.refusing);
		assertThat(this.engine.refresh().changes()).hasSize(1);
		assertThat(value()).isEqualTo("canary-a2");
	}

	@Test
	void whenThereIsANewerVersionThenScheduledPassesTryIt() {
		this.engine.addValidator(this.refusing);
		this.reader.put("a", "{\"A_KEY\":\"canary-a2\"}");
		this.engine.refresh();
		this.reader.put("a", "{\"A_KEY\":\"canary-a3\"}");
		this.clock.advance(TestEngine.INTERVAL);
		this.engine.refreshDue();
		assertThat(this.seen).containsExactly("version-2", "version-3");
	}

	@Test
	void whenOneOfSeveralValidatorsRefusesThenTheOldVersionStays() {
		this.engine.addValidator((candidate) -> this.seen.add(candidate.get("A_KEY")));
		this.engine.addValidator(this.refusing);
		this.reader.put("a", "{\"A_KEY\":\"canary-a2\"}");
		this.engine.refresh();
		assertThat(this.seen).containsExactly("canary-a2", "version-2");
		assertThat(value()).isEqualTo("canary-a1");
	}

	@Test
	void whenValidatorLacksAClassThenTheVersionIsRefused() {
		this.engine.addValidator((candidate) -> {
			throw new NoClassDefFoundError("com/example/Driver");
		});
		this.reader.put("a", "{\"A_KEY\":\"canary-a2\"}");
		assertThat(this.engine.refresh().failures()).extracting(SecretFailure::reason)
			.containsExactly(FailureReason.REJECTED);
	}

	@Test
	void whenValidatorAsksForAPassThenTheVersionIsRefusedInsteadOfWaitingForever() {
		this.engine.addValidator((candidate) -> this.engine.refresh());
		this.reader.put("a", "{\"A_KEY\":\"canary-a2\"}");
		assertThat(this.engine.refresh().failures()).extracting(SecretFailure::reason)
			.containsExactly(FailureReason.REJECTED);
	}

	private Object value() {
		return this.engine.state().properties().find("A_KEY").value();
	}

}
