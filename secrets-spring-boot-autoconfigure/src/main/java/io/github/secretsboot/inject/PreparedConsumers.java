package io.github.secretsboot.inject;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import io.github.secretsboot.inject.Consumer.Prepared;
import io.github.secretsboot.properties.PropertyNames;
import io.github.secretsboot.refresh.ConsumerTrial.Outcome;
import io.github.secretsboot.refresh.Misfit;
import io.github.secretsboot.refresh.SecretsState;

/**
 * Prepares consumers for a state that may be published, and keeps what is prepared from
 * its publication until it is committed: passes prepare, and listeners commit, maybe when
 * the next pass is under way.
 */
final class PreparedConsumers {

	private final InjectionContext context;

	private final AtomicReference<Map<Consumer, Prepared>> published = new AtomicReference<>(Map.of());

	PreparedConsumers(InjectionContext context) {
		this.context = context;
	}

	/**
	 * Prepare those that a change affects. No lock is held: code of the application runs.
	 */
	Outcome prepare(List<Consumer> consumers, SecretsState candidate, PropertyNames changed) {
		Map<Consumer, Prepared> prepared = new HashMap<>();
		List<Misfit> misfits = new ArrayList<>();
		this.context.secrets().seeing(candidate, () -> {
			for (Consumer consumer : consumers) {
				if (consumer.isAffectedBy(changed, this.context) && consumer.isFollowing()) {
					try {
						prepared.put(consumer, consumer.prepare(this.context));
					}
					catch (MisfitException ex) {
						if (worksNow(consumer)) {
							misfits.add(misfit(consumer, ex));
						}
					}
				}
			}
			return null;
		});
		return new Outcome(misfits, () -> publish(prepared));
	}

	/** What is broken already is not kept whole by rejecting anything. */
	private boolean worksNow(Consumer consumer) {
		return this.context.secrets().seeing(this.context.inUse(), () -> {
			try {
				consumer.prepare(this.context);
				return true;
			}
			catch (MisfitException ex) {
				return false;
			}
		});
	}

	private Misfit misfit(Consumer consumer, MisfitException ex) {
		return new Misfit(consumer.beanName(), ex.getMember(), ex.getProblem(),
				(changed) -> consumer.isAffectedBy(changed, this.context));
	}

	private void publish(Map<Consumer, Prepared> prepared) {
		this.published.updateAndGet((earlier) -> {
			Map<Consumer, Prepared> all = new HashMap<>(earlier);
			all.putAll(prepared);
			return all;
		});
	}

	/**
	 * Take all that is prepared, by consumer: the newest of each.
	 */
	Map<Consumer, Prepared> take() {
		return this.published.getAndSet(Map.of());
	}

}
