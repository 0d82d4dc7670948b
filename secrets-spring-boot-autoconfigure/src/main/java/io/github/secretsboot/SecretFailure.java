package io.github.secretsboot;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The facts of a failed attempt to load or refresh one secret. Never holds any part of a
 * secret's content.
 *
 * @param secretName the name or ARN as the application wrote it
 * @param region the AWS region that was asked, if one was known
 * @param reason what kind of failure it is
 * @param detail what AWS or the connection said, or who rejected the new version, in one
 * line
 * @param since when it began to fail for this reason
 */
public record SecretFailure(String secretName, @Nullable String region, FailureReason reason, String detail,
		Instant since) {
}
