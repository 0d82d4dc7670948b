package io.github.secretsboot.test;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * The accounts and regions that know each other, each with its {@link SecretStore}. Its
 * lock guards all of them: whatever several stores have to do with is one atomic step.
 */
final class Partition {

	private final Clock clock;

	private final Map<String, SecretStore> stores = new HashMap<>();

	Partition(Clock clock) {
		this.clock = clock;
	}

	/**
	 * Return the store of an account and region, which begins empty.
	 */
	synchronized SecretStore store(String account, String region) {
		return this.stores.computeIfAbsent(account + ":" + region,
				(key) -> new SecretStore(account, region, this.clock));
	}

	/**
	 * Take a step that nobody sees half of.
	 */
	synchronized <T extends @Nullable Object> T atomically(Supplier<T> step) {
		return step.get();
	}

}
