package io.github.secretsboot.fetch.aws;

import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.secretsboot.fetch.Deadline;
import io.github.secretsboot.fetch.SecretRequest;
import io.github.secretsboot.fetch.SecretValue;
import io.github.secretsboot.fetch.aws.JsonEndpoint.UnsuitedException;
import org.jspecify.annotations.Nullable;

/**
 * Calls without the SDK's client, whose 2,000 classes cost an application more time than
 * its secrets do. Attempts, timeouts and failures are those of the client, which takes
 * over for good as soon as there is something that only it can do.
 */
class DirectCalls implements SecretsManagerCalls {

	private final JsonEndpoint endpoint;

	private final Supplier<SecretsManagerCalls> sdk;

	private final DirectRetries retries = new DirectRetries();

	private volatile @Nullable SecretsManagerCalls successor;

	DirectCalls(JsonEndpoint endpoint, Supplier<SecretsManagerCalls> sdk) {
		this.endpoint = endpoint;
		this.sdk = sdk;
	}

	@Override
	public SecretValue get(SecretRequest request, Duration timeout) {
		byte[] body = WireFormat.get(request);
		return call(Deadline.after(timeout),
				(limit) -> WireFormat.value(this.endpoint.post("GetSecretValue", body, AnswerStream.MAX_SECRET, limit)),
				(sdk, rest) -> sdk.get(request, rest));
	}

	@Override
	public Page batch(List<String> names, @Nullable String nextToken, Duration timeout) {
		byte[] body = WireFormat.batch(names, nextToken);
		return call(Deadline.after(timeout),
				(limit) -> WireFormat
					.page(this.endpoint.post("BatchGetSecretValue", body, AnswerStream.MAX_BATCH, limit)),
				(sdk, rest) -> sdk.batch(names, nextToken, rest));
	}

	private <T> T call(Deadline deadline, Function<Duration, T> attempt,
			BiFunction<SecretsManagerCalls, Duration, T> otherwise) {
		SecretsManagerCalls other = this.successor;
		if (other == null) {
			Duration longest = deadline.remaining().dividedBy(ATTEMPTS_IN_TIMEOUT).plusNanos(1);
			try {
				return this.retries.call(() -> {
					Duration rest = deadline.remaining();
					Duration limit = (rest.compareTo(longest) < 0) ? rest : longest;
					return attempt.apply(limit);
				});
			}
			catch (UnsuitedException ex) {
				other = this.sdk.get();
				this.successor = other;
			}
		}
		return otherwise.apply(other, deadline.remaining());
	}

	@Override
	public String region() {
		return this.endpoint.region();
	}

}
