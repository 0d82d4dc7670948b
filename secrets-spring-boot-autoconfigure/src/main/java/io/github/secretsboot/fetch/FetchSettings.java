package io.github.secretsboot.fetch;

import java.time.Duration;

/**
 * How to fetch.
 *
 * @param batch whether {@code BatchGetSecretValue} may be used
 * @param concurrency how many calls may be in flight at once
 * @param timeout the time for one load or pass, all retries included
 */
public record FetchSettings(boolean batch, int concurrency, Duration timeout) {
}
