package io.github.secretsboot;

import java.time.Instant;

/**
 * Published as a Spring application event for each secret that a refresh could not bring
 * up to date. The last good values stay in use. Called on the thread that refreshes.
 *
 * @param secretName the name or ARN as the application wrote it, expanded
 * @param reason why it failed
 * @param detail what AWS or the connection said, or who rejected the new version, in one
 * line and without a value
 * @param since when refreshes began to fail for this reason
 */
public record SecretsRefreshFailedEvent(String secretName, FailureReason reason, String detail, Instant since) {
}
