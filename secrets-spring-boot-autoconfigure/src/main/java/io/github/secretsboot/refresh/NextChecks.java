package io.github.secretsboot.refresh;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * Says when the sources of a pass are checked again.
 */
class NextChecks {

	private final RefreshSchedule schedule;

	NextChecks(RefreshSchedule schedule) {
		this.schedule = schedule;
	}

	/**
	 * Have each source that a pass has checked know when it is checked again.
	 * @param before the sources before the pass
	 * @param updated the same sources in the same order, after it
	 * @param isChecked whether the pass has checked a source, as it was before
	 * @param now the time of the pass
	 */
	List<SourceState> plan(List<SourceState> before, List<SourceState> updated, Predicate<SourceState> isChecked,
			Instant now) {
		@Nullable Instant next = nextCommonCheck(before, isChecked, now);
		List<SourceState> scheduled = new ArrayList<>(updated.size());
		for (int i = 0; i < updated.size(); i++) {
			SourceState source = updated.get(i);
			scheduled.add(isChecked.test(before.get(i)) ? plan(source, updated, next, now) : source);
		}
		return scheduled;
	}

	/**
	 * Healthy sources are checked together, so that they keep fitting into the same
	 * batches: who was checked out of turn joins the others again.
	 */
	private @Nullable Instant nextCommonCheck(List<SourceState> before, Predicate<SourceState> isChecked, Instant now) {
		return before.stream()
			.filter((source) -> !isChecked.test(source) && source.failure() == null)
			.map(SourceState::nextCheckAt)
			.filter((next) -> next != null && next.isAfter(now))
			.min(Comparator.naturalOrder())
			.orElseGet(() -> isFirstLoad(before) ? this.schedule.afterLoad(now) : this.schedule.afterSuccess(now));
	}

	private static boolean isFirstLoad(List<SourceState> before) {
		return before.stream().allMatch((source) -> source.lastCheckedAt() == null);
	}

	private SourceState plan(SourceState source, List<SourceState> all, @Nullable Instant next, Instant now) {
		if (source.isFinal()) {
			return source.nextCheckAt(null);
		}
		if (!source.isFailing(all)) {
			return source.nextCheckAt(next);
		}
		return source.nextCheckAt(this.schedule.afterFailure(now, Objects.requireNonNull(source.failure()).attempts()));
	}

}
