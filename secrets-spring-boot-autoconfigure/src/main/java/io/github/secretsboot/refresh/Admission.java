package io.github.secretsboot.refresh;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.secretsboot.properties.PropertyNames;
import io.github.secretsboot.refresh.ConsumerTrial.Outcome;

/**
 * Lets only those new versions into use that break no consumer. All versions of a pass
 * are tried together. If a consumer would break, those that it has to do with are
 * rejected, and the others are tried again without them. Called by one pass at a time.
 */
class Admission {

	private final List<ConsumerTrial> trials = new CopyOnWriteArrayList<>();

	void add(ConsumerTrial trial) {
		this.trials.add(trial);
	}

	void remove(ConsumerTrial trial) {
		this.trials.remove(trial);
	}

	/**
	 * Decide what is published.
	 * @param before the state in use
	 * @param updated its sources, with all new versions
	 * @param now the time of the pass
	 */
	Admitted admit(SecretsState before, List<SourceState> updated, Instant now) {
		List<SourceState> sources = new ArrayList<>(updated);
		while (true) {
			SecretsState candidate = before.with(sources);
			List<NewVersion> versions = NewVersion.in(before, sources);
			List<Outcome> outcomes = run(candidate, versions);
			List<Misfit> misfits = misfits(outcomes);
			if (misfits.isEmpty()) {
				return new Admitted(candidate, outcomes);
			}
			rejections(before, versions, misfits)
				.forEach((rejection) -> sources.set(rejection.version().index(), rejection.rejected(before, now)));
		}
	}

	private List<Outcome> run(SecretsState candidate, List<NewVersion> versions) {
		if (versions.isEmpty()) {
			return List.of();
		}
		PropertyNames changed = PropertyNames
			.of(versions.stream().flatMap((version) -> version.changed().stream()).toList());
		return this.trials.stream().map((trial) -> trial.run(candidate, changed)).toList();
	}

	private static List<Misfit> misfits(Collection<Outcome> outcomes) {
		return outcomes.stream().flatMap((outcome) -> outcome.misfits().stream()).toList();
	}

	private List<Rejection> rejections(SecretsState before, List<NewVersion> versions, List<Misfit> misfits) {
		List<Rejection> rejections = versions.stream().map(Rejection::new).toList();
		misfits.forEach((misfit) -> reject(before, rejections, misfit));
		return rejections.stream().filter(Rejection::isFounded).toList();
	}

	/**
	 * Of several versions that a consumer has to do with, those are rejected that break
	 * it alone; if none does, all of them.
	 */
	private void reject(SecretsState before, List<Rejection> rejections, Misfit misfit) {
		List<Rejection> concerned = rejections.stream().filter((one) -> one.concerns(misfit)).toList();
		List<Rejection> suspects = concerned.isEmpty() ? rejections : concerned;
		List<Rejection> guilty = (suspects.size() == 1) ? suspects
				: suspects.stream().filter((one) -> breaksAlone(before, one.version(), misfit)).toList();
		(guilty.isEmpty() ? suspects : guilty)
			.forEach((one) -> one.add(misfit, guilty.isEmpty() ? suspects : List.of(one)));
	}

	private boolean breaksAlone(SecretsState before, NewVersion version, Misfit misfit) {
		return misfits(run(version.alone(before), List.of(version))).stream().anyMatch(misfit::isOfSamePlace);
	}

	/**
	 * What has been admitted.
	 *
	 * @param state the state to publish
	 * @param outcomes what its trials have brought
	 */
	record Admitted(SecretsState state, List<Outcome> outcomes) {

		void published() {
			this.outcomes.forEach((outcome) -> outcome.publication().run());
		}

	}

}
