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
		return call("GetSecretValue", WireFormat.get(request), Deadline.after(timeout), WireFormat::value,
				(sdk, rest) -> sdk.get(request, rest));
	}

	@Override
	public Page batch(List<String> names, @Nullable String nextToken, Duration timeout) {
		return call("BatchGetSecretValue", WireFormat.batch(names, nextToken), Deadline.after(timeout),
				WireFormat::page, (sdk, rest) -> sdk.batch(names, nextToken, rest));
	}

	private <T> T call(String operation, byte[] body, Deadline deadline, Function<byte[], T> reader,
			BiFunction<SecretsManagerCalls, Duration, T> otherwise) {
		SecretsManagerCalls other = this.successor;
		if (other == null) {
			Duration longest = deadline.remaining().dividedBy(ATTEMPTS_IN_TIMEOUT).plusNanos(1);
			try {
				return this.retries.call(() -> {
					Duration rest = deadline.remaining();
					Duration limit = (rest.compareTo(longest) < 0) ? rest : longest;
					return reader.apply(this.endpoint.post(operation, body, limit));
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
