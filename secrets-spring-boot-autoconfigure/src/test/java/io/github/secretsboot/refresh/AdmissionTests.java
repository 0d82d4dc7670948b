package io.github.secretsboot.refresh;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import io.github.secretsboot.FailureReason;
import io.github.secretsboot.RefreshResult;
import io.github.secretsboot.SecretChange;
import io.github.secretsboot.SecretFailure;
import io.github.secretsboot.fetch.TestSecretReader;
import io.github.secretsboot.properties.Property;
import io.github.secretsboot.refresh.ConsumerTrial.Outcome;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests which versions of a pass are rejected when a consumer would break.
 */
class AdmissionTests {

	private final TestSecretReader reader = new TestSecretReader();

	private final MutableClock clock = new MutableClock();

	private final SecretsEngine engine = TestEngine.loaded(put("1"), this.clock, TestEngine.source("a"),
			TestEngine.source("b"), TestEngine.source("c"));

	private final List<Map<String, Object>> tried = new ArrayList<>();

	private int published;

	@Test
	void whenNothingBreaksThenAllIsTriedOnceAndPublished() {
		trial(Set.of(), Set.of());
		put("2");
		assertThat(this.engine.refresh().changes()).hasSize(3);
		assertThat(this.tried).containsExactly(Map.of("A", "canary-2", "B", "canary-2", "C", "canary-2"));
		assertThat(this.published).isEqualTo(1);
	}

	@Test
	void whenNothingChangedThenNothingIsTried() {
		trial(Set.of(), Set.of());
		this.engine.refresh();
		assertThat(this.tried).isEmpty();
		assertThat(this.published).isZero();
	}

	@Test
	void whenOneVersionBreaksAConsumerThenTheOthersAreTriedAgainWithoutIt() {
		trial(Set.of("A"), Set.of("A"));
		put("2");
		RefreshResult result = this.engine.refresh();
		assertThat(result.changes()).extracting(SecretChange::secretName).containsExactly("b", "c");
		assertThat(result.failures()).extracting(SecretFailure::secretName).containsExactly("a");
		assertThat(this.tried).last().isEqualTo(Map.of("A", "canary-1", "B", "canary-2", "C", "canary-2"));
		assertThat(this.published).isEqualTo(1);
	}

	@Test
	void whenConsumerOfTwoSecretsBreaksThenTheOneIsRejectedThatBreaksItAlone() {
		trial(Set.of("B"), Set.of("A", "B"));
		put("2");
		RefreshResult result = this.engine.refresh();
		assertThat(result.changes()).extracting(SecretChange::secretName).containsExactly("a", "c");
		assertThat(result.failures()).extracting(SecretFailure::detail)
			.containsExactly("version version-5 would break 'field' of bean 'bean' (does not fit)");
	}

	@Test
	void whenOnlyBothBreakAConsumerThenBothAreRejected() {
		trial(Set.of("A", "B"), Set.of("A", "B"));
		put("2");
		RefreshResult result = this.engine.refresh();
		assertThat(result.changes()).extracting(SecretChange::secretName).containsExactly("c");
		assertThat(result.failures()).extracting(SecretFailure::detail)
			.containsExactly(
					"version version-4 together with the new version of 'b' would break 'field' of bean 'bean' (does not fit)",
					"version version-5 together with the new version of 'a' would break 'field' of bean 'bean' (does not fit)");
	}

	@Test
	void whenVersionWasRejectedThenScheduledPassesLeaveItAlone() {
		trial(Set.of("A"), Set.of("A"));
		put("2");
		this.engine.refresh();
		this.tried.clear();
		for (int i = 0; i < 3; i++) {
			this.clock.advance(TestEngine.INTERVAL.multipliedBy(2));
			assertThat(this.engine.refreshDue().failures()).hasSize(1);
		}
		assertThat(this.tried).isEmpty();
		this.engine.refresh("a");
		assertThat(this.tried).hasSize(1);
		SourceState state = this.engine.state().sources().get(0);
		assertThat(state.status()).isEqualTo(SourceState.Status.REJECTED);
		assertThat(state.snapshot().version().versionId()).isEqualTo("version-1");
	}

	@Test
	void whenTrialIsRemovedThenTheVersionComesIntoUse() {
		ConsumerTrial trial = trial(Set.of("A"), Set.of("A"));
		put("2");
		this.engine.refresh();
		this.engine.removeTrial(trial);
		assertThat(this.engine.refresh().changes()).extracting(SecretChange::secretName).containsExactly("a");
	}

	@Test
	void whenManyConsumersBreakThenAFewAreNamed() {
		this.engine.addTrial((candidate,
				changed) -> new Outcome(IntStream.range(0, 100)
					.mapToObj((i) -> new Misfit("bean", "field" + i, "does not fit", (names) -> names.contains("A")))
					.filter((misfit) -> changed.contains("A"))
					.toList(), () -> {
					}));
		put("2");
		SecretFailure failure = this.engine.refresh().failures().get(0);
		assertThat(failure.reason()).isEqualTo(FailureReason.REJECTED);
		assertThat(failure.detail()).contains("'field4'").doesNotContain("'field5'").endsWith("; and 95 more");
	}

	/**
	 * Break a consumer.
	 * @param breaking the properties that break it when all of them are new
	 * @param concerning the properties that it has to do with
	 */
	private ConsumerTrial trial(Set<String> breaking, Set<String> concerning) {
		ConsumerTrial trial = (candidate, changed) -> {
			Map<String, Object> values = Map.of("A", value(candidate, "A"), "B", value(candidate, "B"), "C",
					value(candidate, "C"));
			this.tried.add(values);
			boolean broken = !breaking.isEmpty()
					&& breaking.stream().allMatch((name) -> "canary-2".equals(values.get(name)));
			return new Outcome(
					broken ? List.of(new Misfit("bean", "field", "does not fit",
							(names) -> concerning.stream().anyMatch(names::contains))) : List.of(),
					() -> this.published++);
		};
		this.engine.addTrial(trial);
		return trial;
	}

	private static Object value(SecretsState state, String name) {
		Property property = state.properties().find(name);
		return property.value();
	}

	private TestSecretReader put(String value) {
		return this.reader.put("a", "{\"A\":\"canary-" + value + "\"}")
			.put("b", "{\"B\":\"canary-" + value + "\"}")
			.put("c", "{\"C\":\"canary-" + value + "\"}");
	}

}
