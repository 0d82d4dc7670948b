package io.github.secretsboot.test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for rotations in AWS's four steps.
 */
class RotationTests {

	private static final String NAME = "myapp/test/db";

	private static final Map<String, String> CREDENTIALS = Map.of("username", "app", "password", "canary-1", "host",
			"db.example.com");

	private final SecretsManagerServer server = SecretsManagerServer.start();

	private final SecretsManagerClient client = TestClients.client(this.server);

	private final Map<String, String> database = new HashMap<>(Map.of("app", "canary-1"));

	@AfterEach
	void close() {
		this.client.close();
		this.server.close();
	}

	@Test
	void whenSingleUserThenPasswordChangesAndTheRestStays() {
		String first = this.server.create(NAME, CREDENTIALS);
		String second = this.server.rotate(NAME, Rotation.singleUser(this.database::put));
		assertThat(this.server.currentVersionId(NAME)).isEqualTo(second).isNotEqualTo(first);
		assertThat(current().path("username").asString()).isEqualTo("app");
		assertThat(current().path("host").asString()).isEqualTo("db.example.com");
		assertLoginWorks();
		assertThat(stages()).isEqualTo(Map.of(first, List.of("AWSPREVIOUS"), second, List.of("AWSCURRENT")));
	}

	@Test
	void whenGapThenDatabaseIsAheadOfTheSecret() {
		this.server.create(NAME, CREDENTIALS);
		List<Boolean> loginsInGap = new ArrayList<>();
		this.server.rotate(NAME, Rotation.singleUser(this.database::put).inGap(() -> loginsInGap.add(loginWorks())));
		assertThat(loginsInGap).containsExactly(false);
		assertLoginWorks();
	}

	@Test
	void whenAlternatingUsersThenTheOtherUserAndTheLastOneStillWorks() {
		this.server.create(NAME, CREDENTIALS);
		List<Boolean> loginsInGap = new ArrayList<>();
		this.server.rotate(NAME,
				Rotation.alternatingUsers(this.database::put).inGap(() -> loginsInGap.add(loginWorks())));
		assertThat(loginsInGap).containsExactly(true);
		assertThat(current().path("username").asString()).isEqualTo("app_clone");
		assertLoginWorks();
		assertThat("canary-1".equals(this.database.get("app"))).isTrue();
		this.server.rotate(NAME, Rotation.alternatingUsers(this.database::put));
		assertThat(current().path("username").asString()).isEqualTo("app");
		assertLoginWorks();
	}

	@Test
	void whenStepFailsThenVersionStaysPendingAndTheNextRotationGoesOnWithIt() {
		String first = this.server.create(NAME, CREDENTIALS);
		Rotation rotation = Rotation.singleUser(this.database::put);
		assertThatIllegalStateException()
			.isThrownBy(() -> this.server.rotate(NAME, rotation.failingIn(RotationStep.TEST_SECRET)))
			.withMessage("The rotation of myapp/test/db failed in testSecret");
		assertThat(this.server.currentVersionId(NAME)).isEqualTo(first);
		assertThat(loginWorks()).isFalse();
		String pending = this.server.find(NAME, "AWSPENDING").orElseThrow().versionId();
		assertThat(describe().lastRotatedDate()).isNull();
		assertThat(this.server.rotate(NAME, Rotation.text((current) -> current))).isEqualTo(pending);
		assertThat(this.server.currentVersionId(NAME)).isEqualTo(pending);
		assertThat(describe().lastRotatedDate()).isNotNull();
	}

	@Test
	void whenRotatedDuringARotationThenThatGoesOnAlone() {
		this.server.create(NAME, CREDENTIALS);
		List<RotationStep> steps = new ArrayList<>();
		this.server.rotate(NAME, (event) -> {
			steps.add(event.step());
			Rotation.singleUser(this.database::put).rotate(event);
			if (event.step() == RotationStep.SET_SECRET) {
				SecretsManagerContract.assertError(() -> this.client.rotateSecret((request) -> request.secretId(NAME)),
						"InvalidRequestException");
			}
		});
		assertThat(steps).containsExactly(RotationStep.values());
		assertLoginWorks();
	}

	@Test
	void whenCreateFailsThenPendingVersionHoldsNothing() {
		this.server.create(NAME, CREDENTIALS);
		assertThatIllegalStateException().isThrownBy(() -> this.server.rotate(NAME,
				Rotation.singleUser(this.database::put).failingIn(RotationStep.CREATE_SECRET)));
		assertThat(this.server.find(NAME, "AWSPENDING")).isEmpty();
		SecretsManagerContract.assertError(
				() -> this.client.getSecretValue((request) -> request.secretId(NAME).versionStage("AWSPENDING")),
				"ResourceNotFoundException");
		assertThat(stages()).hasSize(2);
	}

	@Test
	void whenClientRotatesThenFunctionIsCalledStepByStepWithWhatAwsSends() {
		String first = this.server.create(NAME, "canary-1");
		List<RotationStep> steps = new ArrayList<>();
		this.server.rotationFunction("rotate-it", (event) -> {
			steps.add(event.step());
			assertThat(event.secretId()).isEqualTo(this.server.arn(NAME));
			assertThat(stages()).containsKey(event.clientRequestToken());
			assertThat(describe().rotationEnabled()).isTrue();
			Rotation.text((current) -> "canary-2").rotate(event);
			assertThat(event.toString()).doesNotContain("canary");
		});
		String second = this.client
			.rotateSecret((request) -> request.secretId(NAME)
				.rotationLambdaARN("arn:aws:lambda:us-east-1:123456789012:function:rotate-it"))
			.versionId();
		assertThat(steps).containsExactly(RotationStep.values());
		assertThat(this.server.currentVersionId(NAME)).isEqualTo(second);
		String third = this.client.rotateSecret((request) -> request.secretId(NAME)).versionId();
		assertThat(stages()).isEqualTo(Map.of(second, List.of("AWSPREVIOUS"), third, List.of("AWSCURRENT")));
		assertThat(first).isNotIn(stages().keySet());
	}

	@Test
	void whenFunctionUsesAClientThenItFindsWhatARealOneDoes() {
		this.server.create(NAME, "canary-1");
		this.server.rotate(NAME, (event) -> {
			if (event.step() == RotationStep.CREATE_SECRET) {
				SecretsManagerContract
					.assertError(() -> this.client.getSecretValue((request) -> request.secretId(event.secretId())
						.versionId(event.clientRequestToken())
						.versionStage("AWSPENDING")), "ResourceNotFoundException");
				this.client.putSecretValue((request) -> request.secretId(event.secretId())
					.clientRequestToken(event.clientRequestToken())
					.secretString("canary-2")
					.versionStages("AWSPENDING"));
			}
			if (event.step() == RotationStep.FINISH_SECRET) {
				this.client.updateSecretVersionStage((request) -> request.secretId(event.secretId())
					.versionStage("AWSCURRENT")
					.moveToVersionId(event.clientRequestToken())
					.removeFromVersionId(this.server.currentVersionId(NAME)));
			}
		});
		assertThat("canary-2".equals(this.server.find(NAME, "AWSCURRENT").orElseThrow().text())).isTrue();
		assertThat(describe().lastRotatedDate()).isNotNull();
	}

	@Test
	void whenNotImmediatelyThenOnlyTestedWithACopyOfTheCurrentVersion() {
		String first = this.server.create(NAME, "canary-1");
		List<String> seen = new ArrayList<>();
		this.server.rotationFunction("rotate-it",
				(event) -> seen.add(event.step() + " " + event.pending().equals(event.current())));
		this.client.rotateSecret((request) -> request.secretId(NAME)
			.rotationLambdaARN("arn:aws:lambda:us-east-1:123456789012:function:rotate-it")
			.rotateImmediately(false));
		assertThat(seen).containsExactly("TEST_SECRET true");
		assertThat(stages()).isEqualTo(Map.of(first, List.of("AWSCURRENT")));
		assertThat(describe().rotationEnabled()).isTrue();
	}

	@Test
	void whenSecretIsNoCredentialsThenSaysSoWithoutValue() {
		this.server.create(NAME, "canary-1");
		assertThatIllegalStateException()
			.isThrownBy(() -> this.server.rotate(NAME, Rotation.singleUser(this.database::put)))
			.satisfies((ex) -> assertThat(ex).rootCause()
				.hasMessage("The secret is no JSON object with a 'username' and a 'password'"));
	}

	@Test
	void whenLabelsMoveThenListenerGetsTheEventOfAws() {
		List<String> events = new ArrayList<>();
		this.server.onLabelUpdated((event) -> {
			throw new IllegalStateException("does not stop others");
		});
		this.server.onLabelUpdated(events::add);
		String first = this.server.create(NAME, "canary-1");
		assertThat(events).isEmpty();
		this.server.putPending(NAME, "canary-2");
		assertThat(events).isEmpty();
		String second = this.server.finishRotation(NAME);
		assertThat(events).hasSize(1);
		JsonNode event = new JsonMapper().readTree(events.get(0));
		assertThat(event.path("detail-type").asString()).isEqualTo("Secret Label Updated");
		assertThat(event.path("source").asString()).isEqualTo("aws.secretsmanager");
		assertThat(event.path("account").asString()).isEqualTo("123456789012");
		assertThat(event.path("region").asString()).isEqualTo("us-east-1");
		assertThat(event.path("time").asString()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
		assertThat(event.path("resources").path(0).asString()).isEqualTo(this.server.arn(NAME));
		assertThat(event.path("detail").toString()).isEqualTo(
				"{\"name\":\"%s\",\"labelUpdated\":\"AWSCURRENT\",\"versionId\":\"%s\"}".formatted(NAME, second));
		this.server.moveStage(NAME, "BLUE", first);
		assertThat(events).hasSize(2).last().asString().contains("\"labelUpdated\":\"BLUE\"", first);
		this.client.getSecretValue((request) -> request.secretId(NAME));
		this.client.tagResource((request) -> request.secretId(NAME));
		assertThat(events).hasSize(2);
	}

	@Test
	void whenListenerReadsThenTheLabelHasMoved() {
		List<String> current = new ArrayList<>();
		this.server.create(NAME, "canary-1");
		this.server.onLabelUpdated(
				(event) -> current.add(this.client.getSecretValue((request) -> request.secretId(NAME)).versionId()));
		assertThat(current).isEmpty();
		String second = this.server.rotate(NAME, "canary-2");
		assertThat(current).containsExactly(second);
	}

	private void assertLoginWorks() {
		assertThat(loginWorks()).as("login with the current secret").isTrue();
	}

	private boolean loginWorks() {
		return current().path("password").asString().equals(this.database.get(current().path("username").asString()));
	}

	private JsonNode current() {
		return new JsonMapper().readTree(this.server.find(NAME, "AWSCURRENT").orElseThrow().text());
	}

	private DescribeSecretResponse describe() {
		return this.client.describeSecret((request) -> request.secretId(NAME));
	}

	private Map<String, List<String>> stages() {
		return describe().versionIdsToStages();
	}

}
