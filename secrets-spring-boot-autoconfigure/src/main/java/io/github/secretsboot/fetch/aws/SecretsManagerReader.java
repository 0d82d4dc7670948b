package io.github.secretsboot.fetch.aws;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.github.secretsboot.fetch.Deadline;
import io.github.secretsboot.fetch.FetchException;
import io.github.secretsboot.fetch.FetchResult;
import io.github.secretsboot.fetch.Location;
import io.github.secretsboot.fetch.SecretReader;
import io.github.secretsboot.fetch.SecretRequest;
import io.github.secretsboot.fetch.SecretValue;
import io.github.secretsboot.SecretVersion;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.APIErrorType;
import software.amazon.awssdk.services.secretsmanager.model.BatchGetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.SecretValueEntry;

/**
 * Reads secrets with the {@link SecretsManagerClient} that Spring Cloud AWS's
 * configuration describes. The client is built by the first call, on the thread of that
 * call, so that looking for a region or credentials counts towards the fetch timeout.
 */
public final class SecretsManagerReader implements SecretReader {

	/** How many attempts of a call fit into its timeout when none of them is answered. */
	private static final int ATTEMPTS_IN_TIMEOUT = 3;

	private static final int ARN_SUFFIX_LENGTH = 7;

	private final SecretsManagerClientSource clients;

	/**
	 * Create a reader.
	 * @param clients where the client comes from
	 */
	public SecretsManagerReader(SecretsManagerClientSource clients) {
		this.clients = clients;
	}

	@Override
	public SecretValue read(SecretRequest request, Duration timeout) {
		GetSecretValueResponse response = BudgetedRetries.within(Deadline.after(timeout), true,
				() -> call(request.location(),
						(client) -> client.getSecretValue((get) -> get.secretId(request.name())
							.versionStage(request.stage())
							.versionId(request.versionId())
							.overrideConfiguration(within(timeout)))));
		return value(response);
	}

	@Override
	public Map<SecretRequest, FetchResult> readBatch(List<SecretRequest> requests, Duration timeout) {
		Location location = requests.get(0).location();
		List<String> names = requests.stream().map(SecretRequest::name).toList();
		Map<SecretRequest, FetchResult> results = new LinkedHashMap<>();
		Deadline deadline = Deadline.after(timeout);
		@Nullable String nextToken = null;
		do {
			BatchGetSecretValueResponse page = nextPage(location, names, nextToken, deadline.remaining());
			requests.forEach((request) -> addResult(request, page, results));
			nextToken = page.nextToken();
		}
		while (nextToken != null);
		return results;
	}

	private BatchGetSecretValueResponse nextPage(Location location, List<String> names, @Nullable String nextToken,
			Duration timeout) {
		return BudgetedRetries
			.within(Deadline.after(timeout), false, () -> call(location, (client) -> client.batchGetSecretValue(
					(batch) -> batch.secretIdList(names).nextToken(nextToken).overrideConfiguration(within(timeout)))));
	}

	private void addResult(SecretRequest request, BatchGetSecretValueResponse page,
			Map<SecretRequest, FetchResult> results) {
		for (SecretValueEntry entry : page.secretValues()) {
			if (isNamed(entry, request.name())) {
				results.put(request, FetchResult.of(value(entry)));
			}
		}
		for (APIErrorType error : page.errors()) {
			if (request.name().equals(error.secretId())) {
				results.put(request, FetchResult.of(AwsFailures.of(error.errorCode(), error.message())));
			}
		}
	}

	private boolean isNamed(SecretValueEntry entry, String name) {
		return name.equals(entry.name()) || name.equals(entry.arn())
				|| (entry.arn().length() == name.length() + ARN_SUFFIX_LENGTH && entry.arn().startsWith(name + "-"));
	}

	private <R> R call(Location location, Function<SecretsManagerClient, R> operation) {
		try {
			return operation.apply(this.clients.getClient(location));
		}
		catch (SdkException ex) {
			throw new FetchException(AwsFailures.of(ex));
		}
	}

	private static AwsRequestOverrideConfiguration within(Duration timeout) {
		return AwsRequestOverrideConfiguration.builder()
			.apiCallTimeout(timeout)
			.apiCallAttemptTimeout(timeout.dividedBy(ATTEMPTS_IN_TIMEOUT).plusNanos(1))
			.build();
	}

	private static SecretValue value(GetSecretValueResponse response) {
		SecretVersion version = new SecretVersion(response.name(), response.arn(), response.versionId(),
				response.versionStages(), response.createdDate());
		return (response.secretBinary() != null)
				? SecretValue.ofBytes(version, response.secretBinary().asByteArrayUnsafe())
				: SecretValue.ofText(version, (response.secretString() != null) ? response.secretString() : "");
	}

	private static SecretValue value(SecretValueEntry entry) {
		SecretVersion version = new SecretVersion(entry.name(), entry.arn(), entry.versionId(), entry.versionStages(),
				entry.createdDate());
		return (entry.secretBinary() != null) ? SecretValue.ofBytes(version, entry.secretBinary().asByteArrayUnsafe())
				: SecretValue.ofText(version, (entry.secretString() != null) ? entry.secretString() : "");
	}

	@Override
	public Location normalize(Location location) {
		return this.clients.normalize(location);
	}

	@Override
	public @Nullable String region() {
		return this.clients.region();
	}

	@Override
	public void close() {
		this.clients.close();
	}

}
