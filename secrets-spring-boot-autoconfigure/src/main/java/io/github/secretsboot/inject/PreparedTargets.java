package io.github.secretsboot.inject;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import io.github.secretsboot.inject.InjectionTarget.Prepared;
import io.github.secretsboot.properties.PropertyNames;
import io.github.secretsboot.refresh.ConsumerTrial.Outcome;
import io.github.secretsboot.refresh.Misfit;
import io.github.secretsboot.refresh.SecretsState;

/**
 * Prepares targets for a state that may be published, and keeps what is prepared from its
 * publication until it is committed: passes prepare, and listeners commit, maybe when the
 * next pass is under way.
 */
final class PreparedTargets {

	private final InjectionContext context;

	private final AtomicReference<Map<InjectionTarget, Prepared>> published = new AtomicReference<>(Map.of());

	PreparedTargets(InjectionContext context) {
		this.context = context;
	}

	/**
	 * Prepare those that a change affects. No lock is held: code of the application runs.
	 */
	Outcome prepare(List<InjectionTarget> targets, SecretsState candidate, PropertyNames changed) {
		Map<InjectionTarget, Prepared> prepared = new HashMap<>();
		List<Misfit> misfits = new ArrayList<>();
		this.context.secrets().seeing(candidate, () -> {
			for (InjectionTarget target : targets) {
				if (target.isAffectedBy(changed, this.context) && target.isFollowing()) {
					try {
						prepared.put(target, target.prepare(this.context));
					}
					catch (MisfitException ex) {
						if (worksNow(target)) {
							misfits.add(misfit(target, ex));
						}
					}
				}
			}
			return null;
		});
		return new Outcome(misfits, () -> publish(prepared));
	}

	/** What is broken already is not kept whole by rejecting anything. */
	private boolean worksNow(InjectionTarget target) {
		return this.context.secrets().seeing(this.context.inUse(), () -> {
			try {
				target.prepare(this.context);
				return true;
			}
			catch (MisfitException ex) {
				return false;
			}
		});
	}

	private Misfit misfit(InjectionTarget target, MisfitException ex) {
		return new Misfit(target.beanName(), ex.getMember(), ex.getProblem(),
				(changed) -> target.isAffectedBy(changed, this.context));
	}

	private void publish(Map<InjectionTarget, Prepared> prepared) {
		this.published.updateAndGet((earlier) -> {
			Map<InjectionTarget, Prepared> all = new HashMap<>(earlier);
			all.putAll(prepared);
			return all;
		});
	}

	/**
	 * Take all that is prepared, by target: the newest of each.
	 */
	Map<InjectionTarget, Prepared> take() {
		return this.published.getAndSet(Map.of());
	}

}
