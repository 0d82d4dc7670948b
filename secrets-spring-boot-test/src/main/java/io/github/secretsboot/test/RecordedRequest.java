package io.github.secretsboot.test;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One request that a {@link SecretsManagerServer} received. It never contains a value.
 *
 * @param operation the operation
 * @param secretIds the names or ARNs of the requested secrets, as the client wrote them;
 * empty if the operation names none
 * @param userAgent the client's user agent
 * @param accessKeyId the access key id that signed the request
 * @param region the region that the request was signed for
 * @param time the time of arrival, by the server's clock
 * @since 0.1.0
 */
public record RecordedRequest(Operation operation, List<String> secretIds, @Nullable String userAgent,
		@Nullable String accessKeyId, @Nullable String region, Instant time) {

	boolean names(String secret) {
		return this.secretIds.stream().anyMatch((id) -> SecretId.same(id, secret));
	}

}
