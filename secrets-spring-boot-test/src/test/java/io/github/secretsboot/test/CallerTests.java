package io.github.secretsboot.test;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.APIErrorType;
import software.amazon.awssdk.services.secretsmanager.model.BatchGetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.SecretValueEntry;
import software.amazon.awssdk.services.secretsmanager.model.Tag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests that prove policies, as users would.
 */
class CallerTests {

	private static final String MINE = "myapp/prod/api-keys";

	private static final String OTHERS = "other/prod/api-keys";

	private static final String SESSION = "arn:aws:sts::123456789012:assumed-role/reader/fake-session";

	private static final String READ_MINE = """
			{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "secretsmanager:GetSecretValue",
			  "Resource": "arn:aws:secretsmanager:us-east-1:123456789012:secret:myapp/prod/*"}]}""";

	private static final String EVERYTHING = """
			{"Statement": {"Effect": "Allow", "Action": "secretsmanager:*", "Resource": "*"}}""";

	private final SecretsManagerServer server = SecretsManagerServer.start();

	private final SecretsManagerClient client = TestClients.client(this.server);

	@BeforeEach
	void createSecrets() {
		this.server.create(MINE, "canary-mine");
		this.server.create(OTHERS, "canary-others");
	}

	@AfterEach
	void close() {
		this.client.close();
		this.server.close();
	}

	@Test
	void whenPolicyAllowsOneSecretThenItIsReadAndAnotherIsNot() {
		this.server.caller(Caller.role("reader").policy(READ_MINE));
		read(MINE);
		read(this.server.arn(MINE));
		assertDenied(() -> read(OTHERS), "User: %s is not authorized to perform: secretsmanager:GetSecretValue on "
				+ "resource: %s because no identity-based policy allows the secretsmanager:GetSecretValue action",
				SESSION, OTHERS);
		assertDenied(() -> read(this.server.arn(OTHERS)),
				"User: %s is not authorized to perform: "
						+ "secretsmanager:GetSecretValue on resource: %s because no identity-based policy allows the "
						+ "secretsmanager:GetSecretValue action",
				SESSION, this.server.arn(OTHERS));
		assertDenied(() -> this.client.describeSecret((request) -> request.secretId(MINE)),
				"User: %s is not authorized to perform: secretsmanager:DescribeSecret on resource: %s because no "
						+ "identity-based policy allows the secretsmanager:DescribeSecret action",
				SESSION, MINE);
	}

	@Test
	void whenNotAllowedThenNobodyLearnsWhetherTheSecretExists() {
		this.server.caller(Caller.role("reader").policy(READ_MINE));
		assertDenied(() -> read("other/missing"),
				"User: %s is not authorized to perform: "
						+ "secretsmanager:GetSecretValue on resource: %s because no identity-based policy allows the "
						+ "secretsmanager:GetSecretValue action",
				SESSION, "other/missing");
		SecretsManagerContract.assertError(() -> read("myapp/prod/missing"), "ResourceNotFoundException");
	}

	@Test
	void whenDeniedThenDenyWins() {
		this.server.caller(Caller.user("ada").policy(EVERYTHING).policy("""
				{"Statement": {"Effect": "Deny", "Action": "secretsmanager:Delete*", "Resource": "*"}}"""));
		read(OTHERS);
		assertDenied(() -> this.client.deleteSecret((request) -> request.secretId(MINE)),
				"User: %s is not authorized to perform: secretsmanager:DeleteSecret on resource: %s with an explicit deny "
						+ "in an identity-based policy",
				"arn:aws:iam::123456789012:user/ada", MINE);
	}

	@Test
	void whenBatchThenItsOwnPermissionAndOneForEachSecret() {
		this.server.caller(Caller.role("reader").policy(READ_MINE));
		assertDenied(this::batch, "User: %s is not authorized to perform: secretsmanager:BatchGetSecretValue on "
				+ "resource: %s because no identity-based policy allows the secretsmanager:BatchGetSecretValue action",
				SESSION, "*");
		this.server.caller(Caller.role("reader")
			.policy(READ_MINE)
			.policy("""
					{"Statement": {"Effect": "Allow", "Action": "secretsmanager:BatchGetSecretValue", "Resource": "*"}}"""));
		BatchGetSecretValueResponse batch = batch();
		assertThat(batch.secretValues()).extracting(SecretValueEntry::name).containsExactly(MINE);
		assertThat(batch.errors()).extracting(APIErrorType::secretId).containsExactly(OTHERS);
		assertThat(batch.errors()).extracting(APIErrorType::errorCode).containsExactly("AccessDeniedException");
	}

	@Test
	void whenKeyIsOnesOwnThenItHasToBeAllowed() {
		String key = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555";
		this.client.createSecret((request) -> request.name("myapp/prod/own").secretString("canary-own").kmsKeyId(key));
		this.server.caller(Caller.role("reader").policy(READ_MINE));
		assertDenied(() -> read("myapp/prod/own"), "Access to KMS is not allowed");
		this.server.caller(Caller.role("reader")
			.policy(READ_MINE)
			.policy("""
					{"Statement": {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "arn:aws:kms:*:*:key/*",
					  "Condition": {"StringLike": {"kms:ViaService": ["secretsmanager.us-east-1.amazonaws.com"],
					    "kms:EncryptionContext:SecretARN": ["arn:aws:secretsmanager:*:*:secret:myapp/prod/own-??????"]}}}}"""));
		read("myapp/prod/own");
	}

	@Test
	void whenTagsHaveToMatchThenOthersAreDenied() {
		this.client
			.tagResource((request) -> request.secretId(MINE).tags(Tag.builder().key("team").value("shop").build()));
		this.server.caller(Caller.role("reader").with("aws:PrincipalTag/team", "shop").policy("""
				{"Statement": {"Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": "*",
				  "Condition": {"StringEquals": {"secretsmanager:ResourceTag/team": "${aws:PrincipalTag/team}"}}}}"""));
		read(MINE);
		SecretsManagerContract.assertError(() -> read(OTHERS), "AccessDeniedException");
	}

	@Test
	void whenSecretsPolicyAllowsRoleThenItReads() {
		this.server.caller("reader-key", Caller.role("reader"));
		try (SecretsManagerClient reader = TestClients.client(this.server, "reader-key")) {
			SecretsManagerContract.assertError(() -> reader.getSecretValue((request) -> request.secretId(MINE)),
					"AccessDeniedException");
			putPolicy("arn:aws:iam::123456789012:root");
			SecretsManagerContract.assertError(() -> reader.getSecretValue((request) -> request.secretId(MINE)),
					"AccessDeniedException");
			putPolicy("arn:aws:iam::123456789012:role/reader");
			assertThat(reader.getSecretValue((request) -> request.secretId(MINE))).isNotNull();
		}
	}

	@Test
	void whenSecretsPolicyDeniesThenNobodyReads() {
		this.client.putResourcePolicy((request) -> request.secretId(MINE).resourcePolicy("""
				{"Statement": {"Effect": "Deny", "Principal": "*", "Action": "secretsmanager:GetSecretValue",
				  "Resource": "*", "Condition": {"StringNotEquals": {"aws:SourceVpce": "vpce-1"}}}}"""));
		assertDenied(() -> read(MINE),
				"User: %s is not authorized to perform: secretsmanager:GetSecretValue on resource: "
						+ "%s with an explicit deny in a resource-based policy",
				"arn:aws:iam::123456789012:user/fake-user", MINE);
		this.server.caller(Caller.user("ada").policy(EVERYTHING).with("aws:SourceVpce", "vpce-1"));
		read(MINE);
	}

	@Test
	void whenAccountIsAnotherThenBothPoliciesAndAKeyOfOnesOwnAreNeeded() {
		String reader = "arn:aws:iam::111122223333:role/path/reader";
		this.server.caller("their-key", Caller.role(reader).policy(EVERYTHING));
		try (SecretsManagerClient theirs = TestClients.client(this.server, "their-key")) {
			SecretsManagerContract.assertError(() -> theirs.getSecretValue((request) -> request.secretId(MINE)),
					"ResourceNotFoundException");
			String arn = this.server.arn(MINE);
			assertDenied(() -> theirs.getSecretValue((request) -> request.secretId(arn)),
					"User: %s is not authorized to perform: secretsmanager:GetSecretValue on resource: %s because no "
							+ "resource-based policy allows the secretsmanager:GetSecretValue action",
					"arn:aws:sts::111122223333:assumed-role/reader/fake-session", arn);
			putPolicy(reader);
			SecretsManagerContract.assertError(() -> theirs.getSecretValue((request) -> request.secretId(arn)),
					"InvalidRequestException");
			assertThat(theirs.listSecrets().secretList()).isEmpty();
		}
	}

	@Test
	void whenCallersAreWrittenThenPoliciesAreNotShown() {
		assertThat(Caller.role("reader").policy(READ_MINE)).hasToString("Caller[role=reader, policies=1]");
	}

	private void putPolicy(String principal) {
		this.client.putResourcePolicy((request) -> request.secretId(MINE).resourcePolicy("""
				{"Statement": {"Effect": "Allow", "Principal": {"AWS": "%s"},
				  "Action": "secretsmanager:GetSecretValue", "Resource": "*"}}""".formatted(principal)));
	}

	private void read(String id) {
		assertThat(this.client.getSecretValue((request) -> request.secretId(id)).secretString()).isNotNull();
	}

	private BatchGetSecretValueResponse batch() {
		return this.client.batchGetSecretValue((request) -> request.secretIdList(MINE, OTHERS));
	}

	private static void assertDenied(ThrowingCallable call, String message, Object... arguments) {
		AwsServiceException error = catchThrowableOfType(AwsServiceException.class, call);
		assertThat(error).as("error").isNotNull();
		assertThat(error.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException");
		assertThat(error.awsErrorDetails().errorMessage()).isEqualTo(message.formatted(arguments));
	}

}
