package io.github.secretsboot.test;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One request that a {@link SecretsManagerServer} received: who asked for what, never a
 * value.
 *
 * @param operation the operation
 * @param secretIds the secrets asked for, as the client wrote them: names or ARNs; empty
 * where the operation names none
 * @param userAgent the client's user agent
 * @param accessKeyId the access key id that signed the request
 * @param region the region that the request was signed for
 * @param time when it arrived, by the server's clock
 */
public record RecordedRequest(Operation operation, List<String> secretIds, @Nullable String userAgent,
		@Nullable String accessKeyId, @Nullable String region, Instant time) {

	boolean names(String secret) {
		return this.secretIds.stream().anyMatch((id) -> SecretId.same(id, secret));
	}

}
