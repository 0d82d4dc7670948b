package io.github.secretsboot.test;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.APIErrorType;
import software.amazon.awssdk.services.secretsmanager.model.BatchGetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.SecretListEntry;
import software.amazon.awssdk.services.secretsmanager.model.SecretValueEntry;
import software.amazon.awssdk.services.secretsmanager.model.SecretVersionsListEntry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What holds for any Secrets Manager, seen through the SDK.
 */
abstract class SecretsManagerContract {

	private static final String FIRST = "canary-first";

	private static final String SECOND = "canary-second";

	private final String name = "contract/" + UUID.randomUUID();

	private SecretsManagerClient client;

	abstract URI endpoint();

	@BeforeEach
	void createClient() {
		this.client = TestClients.client(endpoint(), "us-east-1", TestClients.PATIENCE);
	}

	@AfterEach
	void closeClient() {
		this.client.close();
	}

	@Test
	void whenCreatedThenReadableByNameArnAndPartialArn() {
		String arn = create().arn();
		String partialArn = arn.substring(0, arn.lastIndexOf('-'));
		for (String id : List.of(this.name, arn, partialArn)) {
			GetSecretValueResponse value = get(id);
			assertThat(FIRST.equals(value.secretString())).isTrue();
			assertThat(value.name()).isEqualTo(this.name);
			assertThat(value.arn()).isEqualTo(arn);
			assertThat(value.versionStages()).containsExactly("AWSCURRENT");
			assertThat(value.createdDate()).isNotNull();
		}
	}

	@Test
	void whenCreatedThenArnIsNameWithSixCharacterSuffix() {
		assertThat(create().arn()).matches("arn:aws:secretsmanager:us-east-1:\\d{12}:secret:" + this.name + "-\\w{6}");
	}

	@Test
	void whenCreatedWithTokenThenTokenIsVersionId() {
		String token = UUID.randomUUID().toString();
		CreateSecretResponse created = this.client
			.createSecret((request) -> request.name(this.name).secretString(FIRST).clientRequestToken(token));
		assertThat(created.versionId()).isEqualTo(token);
	}

	@Test
	void whenBinaryThenBytesComeBack() {
		byte[] bytes = "canary-\u0000\u00ff".getBytes(StandardCharsets.ISO_8859_1);
		this.client.createSecret((request) -> request.name(this.name).secretBinary(SdkBytes.fromByteArray(bytes)));
		GetSecretValueResponse value = get(this.name);
		assertThat(value.secretString()).isNull();
		assertThat(Arrays.equals(value.secretBinary().asByteArray(), bytes)).isTrue();
	}

	@Test
	void whenNonAsciiThenTextComesBack() {
		String text = "canary-\u00e4\u20ac\ud83d\ude00\"\\\n";
		this.client.createSecret((request) -> request.name(this.name).secretString(text));
		assertThat(text.equals(get(this.name).secretString())).isTrue();
	}

	@Test
	void whenCreatedTwiceThenResourceExists() {
		create();
		assertError(this::create, "ResourceExistsException");
	}

	@Test
	void whenNameIsInvalidThenValidationFails() {
		assertThat(errorOf(() -> this.client.createSecret((request) -> request.name("a b").secretString(FIRST))))
			.isIn("ValidationException", "InvalidParameterException");
	}

	@Test
	void whenMissingThenResourceNotFound() {
		assertError(() -> get(this.name), "ResourceNotFoundException");
	}

	@Test
	void whenWithoutValueThenResourceNotFound() {
		this.client.createSecret((request) -> request.name(this.name));
		assertError(() -> get(this.name), "ResourceNotFoundException");
	}

	@Test
	void whenStageIsMissingThenResourceNotFound() {
		create();
		assertError(
				() -> this.client.getSecretValue((request) -> request.secretId(this.name).versionStage("AWSPREVIOUS")),
				"ResourceNotFoundException");
	}

	@Test
	void whenVersionIsMissingThenResourceNotFound() {
		create();
		assertError(
				() -> this.client
					.getSecretValue((request) -> request.secretId(this.name).versionId(UUID.randomUUID().toString())),
				"ResourceNotFoundException");
	}

	@Test
	void whenStageAndVersionDisagreeThenInvalidRequest() {
		String first = create().versionId();
		put(SECOND);
		assertError(
				() -> this.client.getSecretValue(
						(request) -> request.secretId(this.name).versionId(first).versionStage("AWSCURRENT")),
				"InvalidRequestException");
	}

	@Test
	void whenPutThenCurrentAndPreviousMove() {
		String first = create().versionId();
		String second = put(SECOND);
		assertThat(get(this.name).versionId()).isEqualTo(second);
		assertThat(SECOND.equals(get(this.name).secretString())).isTrue();
		assertThat(stages()).isEqualTo(Map.of(first, List.of("AWSPREVIOUS"), second, List.of("AWSCURRENT")));
	}

	@Test
	void whenPutThreeTimesThenOldestIsDeprecated() {
		String first = create().versionId();
		String second = put(SECOND);
		String third = put("canary-third");
		assertThat(stages()).isEqualTo(Map.of(second, List.of("AWSPREVIOUS"), third, List.of("AWSCURRENT")));
		assertThat(versionIds(false)).containsExactlyInAnyOrder(second, third);
		assertThat(versionIds(true)).containsExactlyInAnyOrder(first, second, third);
	}

	@Test
	void whenPutAgainWithSameTokenAndValueThenNothingChanges() {
		create();
		String token = UUID.randomUUID().toString();
		put(SECOND, token);
		assertThat(put(SECOND, token)).isEqualTo(token);
		assertThat(stages()).hasSize(2).containsEntry(token, List.of("AWSCURRENT"));
	}

	@Test
	void whenPutAgainWithSameTokenAndOtherValueThenResourceExists() {
		create();
		String token = UUID.randomUUID().toString();
		put(SECOND, token);
		assertError(() -> put("canary-other", token), "ResourceExistsException");
	}

	@Test
	void whenPutWithPendingStageThenCurrentStays() {
		String first = create().versionId();
		String pending = putPending();
		assertThat(get(this.name).versionId()).isEqualTo(first);
		assertThat(stages()).isEqualTo(Map.of(first, List.of("AWSCURRENT"), pending, List.of("AWSPENDING")));
	}

	@Test
	void whenPutToMissingSecretThenResourceNotFound() {
		assertError(() -> put(SECOND), "ResourceNotFoundException");
	}

	@Test
	void whenUpdatedWithValueThenNewVersionIsCurrent() {
		create();
		String second = this.client
			.updateSecret((request) -> request.secretId(this.name).secretString(SECOND).description("changed"))
			.versionId();
		assertThat(get(this.name).versionId()).isEqualTo(second);
		assertThat(describe().description()).isEqualTo("changed");
	}

	@Test
	void whenUpdatedWithoutValueThenVersionStays() {
		String first = create().versionId();
		this.client.updateSecret((request) -> request.secretId(this.name).description("changed"));
		assertThat(stages()).isEqualTo(Map.of(first, List.of("AWSCURRENT")));
	}

	@Test
	void whenCurrentIsMovedThenPreviousFollows() {
		String first = create().versionId();
		String pending = putPending();
		this.client.updateSecretVersionStage((request) -> request.secretId(this.name)
			.versionStage("AWSCURRENT")
			.moveToVersionId(pending)
			.removeFromVersionId(first));
		assertThat(get(this.name).versionId()).isEqualTo(pending);
		assertThat(stages().get(first)).containsExactly("AWSPREVIOUS");
	}

	@Test
	void whenCurrentIsMovedWithoutItsHolderThenInvalidParameter() {
		create();
		String pending = putPending();
		assertError(
				() -> this.client.updateSecretVersionStage(
						(request) -> request.secretId(this.name).versionStage("AWSCURRENT").moveToVersionId(pending)),
				"InvalidParameterException");
	}

	@Test
	void whenCustomLabelIsAttachedThenReadableByIt() {
		String first = create().versionId();
		put(SECOND);
		this.client.updateSecretVersionStage(
				(request) -> request.secretId(this.name).versionStage("BLUE").moveToVersionId(first));
		assertThat(
				this.client.getSecretValue((request) -> request.secretId(this.name).versionStage("BLUE")).versionId())
			.isEqualTo(first);
	}

	@Test
	void whenBatchThenValuesAndErrors() {
		create();
		String missing = this.name + "-missing";
		BatchGetSecretValueResponse batch = this.client
			.batchGetSecretValue((request) -> request.secretIdList(this.name, missing));
		assertThat(batch.secretValues()).extracting(SecretValueEntry::name).containsExactly(this.name);
		assertThat(batch.errors()).extracting(APIErrorType::secretId).containsExactly(missing);
		assertThat(batch.errors()).extracting(APIErrorType::errorCode).containsExactly("ResourceNotFoundException");
	}

	@Test
	void whenBatchHasMoreThanTwentyThenRefused() {
		List<String> ids = IntStream.range(0, 21).mapToObj((i) -> this.name + i).toList();
		assertThat(errorOf(() -> this.client.batchGetSecretValue((request) -> request.secretIdList(ids))))
			.isIn("ValidationException", "InvalidParameterException");
	}

	@Test
	void whenDescribedThenNoValueButStages() {
		CreateSecretResponse created = create();
		DescribeSecretResponse description = describe();
		assertThat(description.arn()).isEqualTo(created.arn());
		assertThat(description.versionIdsToStages()).containsOnlyKeys(created.versionId());
		assertThat(description.deletedDate()).isNull();
	}

	@Test
	void whenListedInPagesThenEachSecretOnce() {
		create();
		this.client.createSecret((request) -> request.name(this.name + "-2").secretString(SECOND));
		List<String> names = this.client.listSecretsPaginator((request) -> request.maxResults(1))
			.stream()
			.flatMap((page) -> page.secretList().stream())
			.map(SecretListEntry::name)
			.toList();
		assertThat(names).contains(this.name, this.name + "-2").doesNotHaveDuplicates();
	}

	@Test
	void whenDeletedThenMarkedForDeletionAndRestorable() {
		create();
		this.client.deleteSecret((request) -> request.secretId(this.name).recoveryWindowInDays(7L));
		assertError(() -> get(this.name), "InvalidRequestException");
		assertThat(describe().deletedDate()).isNotNull();
		this.client.restoreSecret((request) -> request.secretId(this.name));
		assertThat(FIRST.equals(get(this.name).secretString())).isTrue();
		assertThat(describe().deletedDate()).isNull();
	}

	@Test
	void whenMarkedForDeletionThenCreateIsRefused() {
		create();
		this.client.deleteSecret((request) -> request.secretId(this.name));
		assertError(this::create, "InvalidRequestException");
	}

	@Test
	void whenRecoveryWindowIsOutOfRangeThenInvalidParameter() {
		create();
		assertError(() -> this.client.deleteSecret((request) -> request.secretId(this.name).recoveryWindowInDays(6L)),
				"InvalidParameterException");
	}

	@Test
	void whenDeletedByForceThenGone() {
		create();
		this.client.deleteSecret((request) -> request.secretId(this.name).forceDeleteWithoutRecovery(true));
		assertError(() -> get(this.name), "ResourceNotFoundException");
	}

	@Test
	void whenCreatedAgainThenArnIsNew() {
		String first = create().arn();
		this.client.deleteSecret((request) -> request.secretId(this.name).forceDeleteWithoutRecovery(true));
		assertThat(create().arn()).isNotEqualTo(first);
	}

	private CreateSecretResponse create() {
		return this.client.createSecret((request) -> request.name(this.name).secretString(FIRST));
	}

	private GetSecretValueResponse get(String id) {
		return this.client.getSecretValue((request) -> request.secretId(id));
	}

	private String put(String text) {
		return put(text, UUID.randomUUID().toString());
	}

	private String put(String text, String token) {
		return this.client
			.putSecretValue((request) -> request.secretId(this.name).secretString(text).clientRequestToken(token))
			.versionId();
	}

	private String putPending() {
		return this.client
			.putSecretValue((request) -> request.secretId(this.name).secretString(SECOND).versionStages("AWSPENDING"))
			.versionId();
	}

	private DescribeSecretResponse describe() {
		return this.client.describeSecret((request) -> request.secretId(this.name));
	}

	private Map<String, List<String>> stages() {
		return describe().versionIdsToStages();
	}

	private Set<String> versionIds(boolean deprecatedToo) {
		return this.client
			.listSecretVersionIds((request) -> request.secretId(this.name).includeDeprecated(deprecatedToo))
			.versions()
			.stream()
			.map(SecretVersionsListEntry::versionId)
			.collect(Collectors.toSet());
	}

	static void assertError(ThrowingCallable call, String code) {
		assertThat(errorOf(call)).isEqualTo(code);
	}

	static String errorOf(ThrowingCallable call) {
		AwsServiceException error = catchThrowableOfType(AwsServiceException.class, call);
		assertThat(error).as("error").isNotNull();
		return error.awsErrorDetails().errorCode();
	}

}
