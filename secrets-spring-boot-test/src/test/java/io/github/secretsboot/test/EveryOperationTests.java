package io.github.secretsboot.test;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.FilterNameStringType;
import software.amazon.awssdk.services.secretsmanager.model.StatusType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every operation through the SDK, as an administrator's script would use it.
 */
class EveryOperationTests {

	private static final String POLICY = """
			{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "secretsmanager:GetSecretValue",
			  "Principal": {"AWS": "arn:aws:iam::123456789012:role/reader"}, "Resource": "*"}]}""";

	private static final String FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:rotate-it";

	@Test
	void whenCalledThroughSdkThenEachOperationAnswers() {
		try (SecretsManagerServer server = SecretsManagerServer.start();
				SecretsManagerServer frankfurt = SecretsManagerServer.builder()
					.region("eu-central-1")
					.join(server)
					.start();
				SecretsManagerClient client = TestClients.client(server);
				SecretsManagerClient replicas = TestClients.client(frankfurt)) {
			server.rotationFunction(FUNCTION, Rotation.text((current) -> current + "-rotated"));
			writeAndRead(client);
			tagAndFind(client);
			rotate(client);
			attachPolicy(client);
			replicate(client, replicas);
			delete(client);
			assertThat(calledOn(server, frankfurt)).isEqualTo(EnumSet.allOf(Operation.class));
		}
	}

	private static void writeAndRead(SecretsManagerClient client) {
		String password = client.getRandomPassword((request) -> request.passwordLength(40L).includeSpace(true))
			.randomPassword();
		assertThat(password.length()).isEqualTo(40);
		String first = client.createSecret((request) -> request.name("a").secretString("canary-1")).versionId();
		String second = client.putSecretValue((request) -> request.secretId("a").secretString("canary-2")).versionId();
		client.updateSecretVersionStage((request) -> request.secretId("a")
			.versionStage("AWSCURRENT")
			.moveToVersionId(first)
			.removeFromVersionId(second));
		assertThat(client.getSecretValue((request) -> request.secretId("a")).versionId()).isEqualTo(first);
		client.updateSecret((request) -> request.secretId("a").description("of a"));
		assertThat(client.describeSecret((request) -> request.secretId("a")).description()).isEqualTo("of a");
		assertThat(client.listSecretVersionIds((request) -> request.secretId("a")).versions()).hasSize(2);
	}

	private static void tagAndFind(SecretsManagerClient client) {
		client.tagResource((request) -> request.secretId("a")
			.tags((tag) -> tag.key("team").value("shop"), (tag) -> tag.key("stage").value("test")));
		client.untagResource((request) -> request.secretId("a").tagKeys("stage"));
		assertThat(client
			.listSecrets(
					(request) -> request.filters((filter) -> filter.key(FilterNameStringType.TAG_VALUE).values("shop")))
			.secretList()).hasSize(1);
		assertThat(client
			.batchGetSecretValue(
					(request) -> request.filters((filter) -> filter.key(FilterNameStringType.NAME).values("a")))
			.secretValues()).hasSize(1);
	}

	private static void rotate(SecretsManagerClient client) {
		String rotated = client
			.rotateSecret((request) -> request.secretId("a")
				.rotationLambdaARN(FUNCTION)
				.rotationRules((rules) -> rules.scheduleExpression("rate(10 days)")))
			.versionId();
		assertThat(client.getSecretValue((request) -> request.secretId("a")).versionId()).isEqualTo(rotated);
		client.cancelRotateSecret((request) -> request.secretId("a"));
		assertThat(client.describeSecret((request) -> request.secretId("a")).rotationEnabled()).isFalse();
	}

	private static void attachPolicy(SecretsManagerClient client) {
		assertThat(client.validateResourcePolicy((request) -> request.resourcePolicy(POLICY)).policyValidationPassed())
			.isTrue();
		client.putResourcePolicy((request) -> request.secretId("a").resourcePolicy(POLICY).blockPublicPolicy(true));
		assertThat(client.getResourcePolicy((request) -> request.secretId("a")).resourcePolicy()).isEqualTo(POLICY);
		client.deleteResourcePolicy((request) -> request.secretId("a"));
	}

	private static void replicate(SecretsManagerClient client, SecretsManagerClient replicas) {
		client.replicateSecretToRegions((request) -> request.secretId("a")
			.addReplicaRegions((replica) -> replica.region("eu-central-1"), (replica) -> replica.region("eu-west-3")));
		assertThat(client.describeSecret((request) -> request.secretId("a")).replicationStatus())
			.allMatch((replica) -> replica.status() == StatusType.IN_SYNC)
			.hasSize(2);
		replicas.stopReplicationToReplica((request) -> request.secretId("a"));
		assertThat(client
			.removeRegionsFromReplication((request) -> request.secretId("a").removeReplicaRegions("eu-west-3"))
			.replicationStatus()).isEmpty();
	}

	private static void delete(SecretsManagerClient client) {
		client.deleteSecret((request) -> request.secretId("a").recoveryWindowInDays(7L));
		client.restoreSecret((request) -> request.secretId("a"));
		client.deleteSecret((request) -> request.secretId("a").forceDeleteWithoutRecovery(true));
		assertThat(client.listSecrets().secretList()).isEmpty();
	}

	private static Set<Operation> calledOn(SecretsManagerServer... servers) {
		return Set.of(servers)
			.stream()
			.flatMap((server) -> server.requests().stream())
			.map(RecordedRequest::operation)
			.collect(Collectors.toSet());
	}

}
