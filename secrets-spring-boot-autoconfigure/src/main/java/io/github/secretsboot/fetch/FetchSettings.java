package io.github.secretsboot.fetch;

import java.time.Duration;
import java.util.List;

/**
 * How to fetch.
 *
 * @param batch whether {@code BatchGetSecretValue} may be used
 * @param concurrency how many calls may be in flight at once
 * @param timeout the time for one load or pass, all retries included
 * @param failoverRegions where replicas are, in the order in which they are tried
 */
public record FetchSettings(boolean batch, int concurrency, Duration timeout, List<String> failoverRegions) {

	/**
	 * Create settings with an unmodifiable copy of the regions.
	 */
	public FetchSettings {
		failoverRegions = List.copyOf(failoverRegions);
	}

	/**
	 * Create settings without replicas.
	 * @param batch whether {@code BatchGetSecretValue} may be used
	 * @param concurrency how many calls may be in flight at once
	 * @param timeout the time for one load or pass
	 */
	public FetchSettings(boolean batch, int concurrency, Duration timeout) {
		this(batch, concurrency, timeout, List.of());
	}

}
