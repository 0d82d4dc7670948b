package io.github.secretsboot.fetch.aws.direct;

import java.util.List;
import java.util.function.Supplier;

import io.github.secretsboot.fetch.CallOperation;
import io.github.secretsboot.fetch.Deadline;
import io.github.secretsboot.fetch.SecretRequest;
import io.github.secretsboot.fetch.SecretValue;
import io.github.secretsboot.fetch.aws.CallBudget;
import io.github.secretsboot.fetch.aws.SecretsManagerCalls;
import io.github.secretsboot.fetch.aws.direct.JsonEndpoint.UnsuitedException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.retries.api.RetryToken;

import static io.github.secretsboot.fetch.CallOperation.BATCH_GET_SECRET_VALUE;
import static io.github.secretsboot.fetch.CallOperation.GET_SECRET_VALUE;

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
	public SecretValue get(SecretRequest request, Deadline deadline) {
		SecretsManagerCalls other = this.successor;
		if (other == null) {
			try {
				return WireFormat
					.value(post(GET_SECRET_VALUE, WireFormat.get(request), CallBudget.forSecret(deadline)));
			}
			catch (UnsuitedException ex) {
				other = succeed();
			}
		}
		return other.get(request, deadline);
	}

	@Override
	public Page batch(List<String> names, @Nullable String nextToken, Deadline deadline) {
		SecretsManagerCalls other = this.successor;
		if (other == null) {
			try {
				return WireFormat.page(post(BATCH_GET_SECRET_VALUE, WireFormat.batch(names, nextToken),
						CallBudget.forBatch(deadline)));
			}
			catch (UnsuitedException ex) {
				other = succeed();
			}
		}
		return other.batch(names, nextToken, deadline);
	}

	private SecretsManagerCalls succeed() {
		SecretsManagerCalls other = this.sdk.get();
		this.successor = other;
		return other;
	}

	private byte[] post(CallOperation operation, byte[] body, CallBudget budget) {
		RetryToken token = null;
		for (int attempt = 0;; attempt++) {
			try {
				byte[] answer = this.endpoint.post(operation, body, budget.forAttempt(attempt));
				if (token != null) {
					this.retries.succeeded(token);
				}
				return answer;
			}
			catch (SdkException ex) {
				token = this.retries.await(token, ex, budget);
			}
		}
	}

	@Override
	public String region() {
		return this.endpoint.region();
	}

}
