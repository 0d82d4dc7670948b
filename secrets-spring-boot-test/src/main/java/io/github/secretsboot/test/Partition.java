package io.github.secretsboot.test;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * The accounts and regions that know each other, each with its {@link SecretStore}. Its
 * lock guards all of them: whatever several stores have to do with is one atomic step.
 */
final class Partition {

	private final Clock clock;

	private final Map<String, SecretStore> stores = new HashMap<>();

	private final Map<String, Principal> callers = new ConcurrentHashMap<>();

	private final Replicator replicator = new Replicator(this);

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

	/**
	 * Take a step that nobody sees half of.
	 */
	synchronized <T extends @Nullable Object> T atomically(Supplier<T> step) {
		return step.get();
	}

}
