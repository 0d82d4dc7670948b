package io.github.secretsboot;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A failed attempt to load or refresh one secret. It never contains any part of a
 * secret's content.
 *
 * @param secretName the name or ARN as configured
 * @param region the AWS region of the request, or {@code null} if it is not known
 * @param reason why the attempt failed
 * @param detail the message of AWS or of the connection, or what rejected the new
 * version, in one line
 * @param since when attempts began to fail for this reason
 * @since 0.1.0
 */
public record SecretFailure(String secretName, @Nullable String region, FailureReason reason, String detail,
		Instant since) {
}
