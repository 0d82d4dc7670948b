package io.github.secretsboot.test;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * The accounts and regions that know each other, each with its {@link SecretStore}. Its
 * lock guards all of them: whatever several stores have to do with is one atomic step.
 */
final class Partition {

	private static final Logger LOGGER = System.getLogger(Partition.class.getName());

	private final Clock clock;

	private final Map<String, SecretStore> stores = new HashMap<>();

	private final Map<String, Principal> callers = new ConcurrentHashMap<>();

	private final Replicator replicator = new Replicator(this);

	private final Rotator rotator = new Rotator(this);

	private final RotationFunctions rotationFunctions = new RotationFunctions();

	private final List<Listener> listeners = new CopyOnWriteArrayList<>();

	private final List<Runnable> news = new ArrayList<>();

	Partition(Clock clock) {
		this.clock = clock;
	}

	/**
	 * Return the store of an account and region, which begins empty.
	 */
	synchronized SecretStore store(String account, String region) {
		return this.stores.computeIfAbsent(account + ":" + region, (key) -> new SecretStore(this, account, region));
	}

	/**
	 * Return who uses which access key.
	 */
	Map<String, Principal> callers() {
		return this.callers;
	}

	Replicator replicator() {
		return this.replicator;
	}

	Instant now() {
		return this.clock.instant();
	}

	Rotator rotator() {
		return this.rotator;
	}

	RotationFunctions rotationFunctions() {
		return this.rotationFunctions;
	}

	/**
	 * Tell somebody of labels that move in an account and region.
	 */
	void listen(SecretStore store, Consumer<String> consumer) {
		this.listeners.add(new Listener(store, consumer));
	}

	/**
	 * Tell those who listen of labels that have moved, once the step is taken.
	 */
	void announce(SecretStore store, StoredSecret before, StoredSecret after) {
		List<Listener> concerned = this.listeners.stream().filter((listener) -> listener.store() == store).toList();
		if (!concerned.isEmpty()) {
			for (String event : LabelEvents.between(before, after, now())) {
				concerned.forEach((listener) -> this.news.add(() -> listener.hear(event)));
			}
		}
	}

	/**
	 * Take a step that nobody sees half of.
	 */
	<T extends @Nullable Object> T atomically(Supplier<T> step) {
		T result;
		List<Runnable> news;
		synchronized (this) {
			result = step.get();
			news = List.copyOf(this.news);
			this.news.clear();
		}
		news.forEach(Runnable::run);
		return result;
	}

	/**
	 * Somebody who hears of labels that move.
	 *
	 * @param store where
	 * @param consumer who
	 */
	private record Listener(SecretStore store, Consumer<String> consumer) {

		void hear(String event) {
			try {
				this.consumer.accept(event);
			}
			catch (RuntimeException ex) {
				LOGGER.log(Level.WARNING, "A listener to moved labels failed: " + ex.getClass().getName());
			}
		}

	}

}
