package io.github.secretsboot;

import java.time.Instant;

/**
 * Application event that is published for each secret that could not be refreshed. The
 * last good values stay in use. Listeners are called on the thread that refreshes.
 *
 * @param secretName the name or ARN as configured, expanded
 * @param reason why the refresh failed
 * @param detail the message of AWS or of the connection, or what rejected the new
 * version, in one line and without a value
 * @param since when refreshes began to fail for this reason
 * @since 0.1.0
 */
public record SecretsRefreshFailedEvent(String secretName, FailureReason reason, String detail, Instant since) {
}
