package io.github.secretsboot.fetch;

import io.github.secretsboot.FailureReason;

/**
 * Why one request brought no value.
 *
 * @param reason what kind of failure it is
 * @param detail what AWS or the connection said, in one line and without any content
 */
public record FetchFailure(FailureReason reason, String detail) {
}
