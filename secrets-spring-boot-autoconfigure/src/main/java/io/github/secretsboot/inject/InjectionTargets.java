package io.github.secretsboot.inject;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.secretsboot.SecretChange;
import io.github.secretsboot.consumers.FollowedConsumers;
import io.github.secretsboot.consumers.SecretConsumer;
import io.github.secretsboot.consumers.SecretConsumers;
import io.github.secretsboot.inject.InjectionTarget.Prepared;
import io.github.secretsboot.properties.PropertyNames;
import io.github.secretsboot.refresh.ConsumerTrial;
import io.github.secretsboot.refresh.RefreshListener;
import io.github.secretsboot.refresh.SecretsState;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.Ordered;

/**
 * Everything in an application context that values are injected into. Before a rotation
 * it tries the new values on those that are concerned, afterwards it updates them, and
 * keeps in mind those that it cannot update.
 * <p>
 * Beans are registered by whichever thread creates them; updates and listings take turns,
 * and wait for no pass, as no pass waits for them.
 */
public class InjectionTargets implements ConsumerTrial, RefreshListener, SecretConsumers {

	private static final Log logger = LogFactory.getLog(InjectionTargets.class);

	private final InjectionContext context;

	private final ObjectProvider<FollowedConsumers> followers;

	private final Map<String, InjectionTarget> targets = new LinkedHashMap<>();

	private final PreparedTargets prepared;

	/** What rotations have left behind, by the name of the member. */
	private final Map<InjectionTarget, Map<String, SecretConsumer>> outdated = new ConcurrentHashMap<>();

	InjectionTargets(InjectionContext context, ObjectProvider<FollowedConsumers> followers) {
		this.context = context;
		this.prepared = new PreparedTargets(context);
		this.followers = followers;
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	/**
	 * Register a target in place of an earlier one with the same key.
	 */
	void register(String key, InjectionTarget target) {
		synchronized (this.targets) {
			InjectionTarget former = this.targets.put(key, target);
			if (former != null) {
				this.outdated.remove(former);
			}
		}
	}

	private List<InjectionTarget> targets() {
		Set<String> followed = followed().map(SecretConsumer::bean).collect(Collectors.toSet());
		synchronized (this.targets) {
			return this.targets.entrySet()
				.stream()
				.filter((entry) -> !followed.contains(entry.getKey()))
				.map(Map.Entry::getValue)
				.toList();
		}
	}

	private Stream<SecretConsumer> followed() {
		return this.followers.stream().flatMap((follower) -> follower.consumers().stream());
	}

	@Override
	public Outcome run(SecretsState candidate, PropertyNames changed) {
		return this.prepared.prepare(targets(), candidate, changed);
	}

	@Override
	public synchronized void onChanged(List<SecretChange> changes) {
		PropertyNames changed = PropertyNames
			.of(changes.stream().flatMap((change) -> change.propertyNames().stream()).toList());
		Map<InjectionTarget, Prepared> prepared = this.prepared.take();
		List<InjectionTarget> affected = targets().stream()
			.filter((target) -> isUpdated(target, prepared.get(target), changed))
			.toList();
		affected.stream().filter(InjectionTarget::isFrozen).forEach((frozen) -> addOutdated(frozen, changed));
	}

	private boolean isUpdated(InjectionTarget target, @Nullable Prepared prepared, PropertyNames changed) {
		if (prepared != null) {
			prepared.commit();
			return true;
		}
		boolean affected = target.isAffectedBy(changed, this.context);
		if (affected && target.isFollowing()) {
			updateLate(target);
		}
		return affected;
	}

	/**
	 * It has been registered while the pass was under way.
	 */
	private void updateLate(InjectionTarget target) {
		try {
			target.prepare(this.context).commit();
		}
		catch (MisfitException ex) {
			logger.error("'" + ex.getMember() + "' of bean '" + target.beanName()
					+ "' keeps its old value, the new one does not fit: " + ex.getProblem());
		}
	}

	private void addOutdated(InjectionTarget frozen, PropertyNames changed) {
		frozen.describe(this.context)
			.stream()
			.filter((consumer) -> consumer.properties().stream().anyMatch(changed::contains))
			.forEach((consumer) -> this.outdated.computeIfAbsent(frozen, (key) -> new ConcurrentHashMap<>())
				.put(consumer.member(), consumer.asOutdated()));
	}

	@Override
	public List<SecretConsumer> outdated() {
		return this.outdated.values().stream().flatMap((members) -> members.values().stream()).toList();
	}

	@Override
	public synchronized List<SecretConsumer> list() {
		return Stream.concat(followed(), targets().stream().flatMap(this::describe))
			.sorted(Comparator.comparing(SecretConsumer::bean).thenComparing(SecretConsumer::member))
			.toList();
	}

	private Stream<SecretConsumer> describe(InjectionTarget target) {
		Map<String, SecretConsumer> outdated = this.outdated.getOrDefault(target, Map.of());
		return target.describe(this.context)
			.stream()
			.map((described) -> outdated.getOrDefault(described.member(), described));
	}

}
