package io.github.secretsboot.fetch.aws;

import java.util.List;

import io.github.secretsboot.fetch.Deadline;
import io.github.secretsboot.fetch.SecretRequest;
import io.github.secretsboot.fetch.SecretValue;
import org.jspecify.annotations.Nullable;

/**
 * The two operations of Secrets Manager that read values, in one location. Failures are
 * {@link software.amazon.awssdk.core.exception.SdkException}s, whoever makes the calls.
 * Safe for use by many threads.
 */
public interface SecretsManagerCalls {

	/**
	 * Call {@code GetSecretValue}.
	 * @param request what to read
	 * @param deadline when the call must be over, retries included
	 * @return the value
	 */
	SecretValue get(SecretRequest request, Deadline deadline);

	/**
	 * Call {@code BatchGetSecretValue} for one page.
	 * @param names names or ARNs of secrets
	 * @param nextToken leads to the page, or {@code null} to the first one
	 * @param deadline when the call must be over, retries included
	 * @return the page
	 */
	Page batch(List<String> names, @Nullable String nextToken, Deadline deadline);

	/**
	 * The region of these calls.
	 * @return the region
	 */
	String region();

	/**
	 * One page of a batch.
	 *
	 * @param values what could be read
	 * @param errors why others could not
	 * @param nextToken leads to the next page
	 */
	record Page(List<SecretValue> values, List<EntryError> errors, @Nullable String nextToken) {
	}

	/**
	 * Why one secret of a batch could not be read.
	 *
	 * @param secretId the secret as it was asked for
	 * @param code the error code
	 * @param message AWS's message
	 */
	record EntryError(@Nullable String secretId, @Nullable String code, @Nullable String message) {
	}

}
