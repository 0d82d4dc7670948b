package io.github.secretsboot.refresh;

import java.util.ArrayList;
import java.util.List;

import io.github.secretsboot.FailureReason;
import io.github.secretsboot.env.InMemorySecrets;
import io.github.secretsboot.refresh.PassObserver.Outcome;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what a {@link PassObserver} is told.
 */
class PassObserverTests {

	private final InMemorySecrets secrets = new InMemorySecrets().with("a").with("b");

	private final List<Outcome> outcomes = new ArrayList<>();

	private final PassObserver observer = () -> this.outcomes::add;

	@Test
	void whenNothingFailsThenOutcomeIsSuccess() {
		load().refresh();
		assertThat(this.outcomes).containsExactly(Outcome.SUCCESS);
	}

	@Test
	void whenSomeSecretsFailThenOutcomeIsPartial() {
		SecretsEngine engine = load();
		this.secrets.reader().fail("a", FailureReason.THROTTLED);
		engine.refresh();
		assertThat(this.outcomes).containsExactly(Outcome.PARTIAL);
	}

	@Test
	void whenAllSecretsFailThenOutcomeIsFailure() {
		SecretsEngine engine = load();
		this.secrets.reader().fail("a", FailureReason.THROTTLED).fail("b", FailureReason.ACCESS_DENIED);
		engine.refresh();
		assertThat(this.outcomes).containsExactly(Outcome.FAILURE);
	}

	@Test
	void whenTheOnlySecretThatIsCheckedFailsThenOutcomeIsFailure() {
		SecretsEngine engine = load();
		this.secrets.reader().fail("a", FailureReason.THROTTLED);
		engine.refresh("a");
		assertThat(this.outcomes).containsExactly(Outcome.FAILURE);
	}

	@Test
	void whenNothingIsDueThenThereIsNoPass() {
		load().refreshDue();
		assertThat(this.outcomes).isEmpty();
	}

	@Test
	void whenObserverIsRemovedThenItIsToldNoMore() {
		SecretsEngine engine = load();
		engine.removePassObserver(this.observer);
		engine.refresh();
		assertThat(this.outcomes).isEmpty();
	}

	private SecretsEngine load() {
		SecretsEngine engine = this.secrets.load().engine();
		engine.addPassObserver(this.observer);
		return engine;
	}

}
