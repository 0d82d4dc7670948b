package io.github.secretsboot.fetch.aws;

import java.time.Instant;
import java.util.List;

import io.github.secretsboot.SecretVersion;
import io.github.secretsboot.fetch.Deadline;
import io.github.secretsboot.fetch.SecretRequest;
import io.github.secretsboot.fetch.SecretValue;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.BatchGetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;

/**
 * Calls with the SDK's client.
 */
class SdkCalls implements SecretsManagerCalls {

	private final SecretsManagerClient client;

	SdkCalls(SecretsManagerClient client) {
		this.client = client;
	}

	@Override
	public SecretValue get(SecretRequest request, Deadline deadline) {
		GetSecretValueResponse response = CallBudget.forSecret(deadline)
			.spend(() -> this.client.getSecretValue((get) -> get.secretId(request.name())
				.versionStage(request.stage())
				.versionId(request.versionId())
				.overrideConfiguration(within(deadline))));
		return value(response.name(), response.arn(), response.versionId(), response.versionStages(),
				response.createdDate(), response.secretString(), response.secretBinary());
	}

	@Override
	public Page batch(List<String> names, @Nullable String nextToken, Deadline deadline) {
		BatchGetSecretValueResponse response = CallBudget.forBatch(deadline)
			.spend(() -> this.client.batchGetSecretValue(
					(batch) -> batch.secretIdList(names).nextToken(nextToken).overrideConfiguration(within(deadline))));
		return new Page(
				response.secretValues()
					.stream()
					.map((entry) -> value(entry.name(), entry.arn(), entry.versionId(), entry.versionStages(),
							entry.createdDate(), entry.secretString(), entry.secretBinary()))
					.toList(),
				response.errors()
					.stream()
					.map((error) -> new EntryError(error.secretId(), error.errorCode(), error.message()))
					.toList(),
				response.nextToken());
	}

	@Override
	public String region() {
		return this.client.serviceClientConfiguration().region().id();
	}

	private static AwsRequestOverrideConfiguration within(Deadline deadline) {
		return AwsRequestOverrideConfiguration.builder()
			.apiCallTimeout(deadline.remaining())
			.apiCallAttemptTimeout(deadline.first(CallBudget.ATTEMPTS).remaining())
			.build();
	}

	private static SecretValue value(String name, String arn, String versionId, List<String> stages,
			@Nullable Instant created, @Nullable String text, @Nullable SdkBytes bytes) {
		SecretVersion version = new SecretVersion(name, arn, versionId, stages, created);
		return (bytes != null) ? SecretValue.ofBytes(version, bytes.asByteArrayUnsafe())
				: SecretValue.ofText(version, (text != null) ? text : "");
	}

}
