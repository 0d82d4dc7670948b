package io.github.secretsboot.diagnostics;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.secretsboot.SecretsLoadException;
import io.github.secretsboot.env.TestApplication;
import io.github.secretsboot.test.Caller;
import io.github.secretsboot.test.Fault;
import io.github.secretsboot.test.SecretsManagerServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that what people are told after a denial is what helps, against a Secrets Manager
 * that evaluates policies.
 */
@ExtendWith(OutputCaptureExtension.class)
class AccessRemedyTests {

	private static final String NAME = "myapp/api-keys";

	private static final String ROLE = "role 'reader' of account 123456789012";

	private final SecretsManagerServer server = SecretsManagerServer.start();

	@BeforeEach
	void createSecret() {
		this.server.create(NAME, "canary-text");
	}

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	@Test
	void whenRoleIsNotAllowedThenTheStatementForThatRoleHelps(CapturedOutput output) {
		this.server.caller(Caller.role("reader"));
		fail();
		assertThat(output).contains("Check the name and the region first", "to the policies of " + ROLE + ":");
		this.server.caller(Caller.role("reader").policy(statement(output)));
		TestApplication.run(this.server, "--secrets.sources=" + NAME).close();
	}

	@Test
	void whenOptionalSecretIsNotAllowedThenTheStatementHelpsAlthoughItIsMissing(CapturedOutput output) {
		String[] arguments = { "--secrets.sources[0].name=myapp/none", "--secrets.sources[0].optional=true" };
		this.server.caller(Caller.role("reader"));
		assertThatExceptionOfType(SecretsLoadException.class)
			.isThrownBy(() -> TestApplication.run(this.server, arguments));
		this.server.caller(Caller.role("reader").policy(statement(output)));
		TestApplication.run(this.server, arguments).close();
	}

	@Test
	void whenKeyIsDeniedThenTheStatementWithItsConditionsHelps(CapturedOutput output) {
		encryptWithKeyOfItsOwn();
		String read = "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"secretsmanager:*\", \"Resource\": \"*\"}}";
		this.server.caller(Caller.role("reader").policy(read));
		fail();
		assertThat(output).contains("\"kms:ViaService\": [\"secretsmanager.us-east-1.amazonaws.com\"]",
				"describe-secret --secret-id " + NAME);
		this.server.caller(Caller.role("reader").policy(read).policy(statement(output)));
		TestApplication.run(this.server, "--secrets.sources=" + NAME).close();
	}

	@Test
	void whenDeniedExplicitlyThenTheStatementToRemoveIsNamedAndNoneToAdd(CapturedOutput output) {
		this.server.caller(Caller.role("reader")
			.policy("{\"Statement\": {\"Effect\": \"Deny\", \"Action\": \"*\", \"Resource\": \"*\"}}"));
		fail();
		assertThat(output)
			.contains("Remove or narrow the statement with \"Effect\": \"Deny\" in the policies of " + ROLE)
			.doesNotContain("Add this statement", "\"Allow\"");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					with an explicit deny in a resource-based policy    | in the resource policy of the secret
					with an explicit deny in a permissions boundary     | in the permissions boundary of role 'reader'
					with an explicit deny in a service control policy   | in the service control policies of the organization
					with an explicit deny in a resource control policy  | in the resource control policies of the organization
					with an explicit deny in a VPC endpoint policy      | in the policy of the VPC endpoint for Secrets Manager
					with an explicit deny in a session policy           | in the session policy that role 'reader'
					because no permissions boundary allows the x action | to the permissions boundary of role 'reader'
					because no session policy allows the x action       | to the session policy that role 'reader'
					because no VPC endpoint policy allows the x action  | to the policy of the VPC endpoint
					because no resource-based policy allows the x action | "Principal": {"AWS": "arn:aws:iam::123456789012:role/reader"}
					""",
			quoteCharacter = '`')
	void whenAnotherPolicyIsToBlameThenItIsNamed(String reason, String place, CapturedOutput output) {
		this.server.fail(Fault.error(400, "AccessDeniedException",
				"User: arn:aws:sts::123456789012:assumed-role/reader/session is not authorized to perform:"
						+ " secretsmanager:GetSecretValue on resource: " + NAME + " " + reason));
		fail();
		assertThat(output).contains(place);
		assertThat(output.getAll().contains("Add this statement")).isEqualTo(!reason.contains("explicit"));
	}

	private void encryptWithKeyOfItsOwn() {
		try (SecretsManagerClient client = SecretsManagerClient.builder()
			.endpointOverride(this.server.endpoint())
			.region(Region.US_EAST_1)
			.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("fake", "fake")))
			.build()) {
			client.updateSecret((request) -> request.secretId(NAME)
				.kmsKeyId("arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"));
		}
	}

	private void fail() {
		assertThatExceptionOfType(SecretsLoadException.class)
			.isThrownBy(() -> TestApplication.run(this.server, "--secrets.sources=" + NAME));
	}

	private static String statement(CapturedOutput output) {
		Matcher statement = Pattern.compile("(?m)^ *(\\{\"Effect\": .*})$").matcher(output.getAll());
		assertThat(statement.find()).isTrue();
		return "{\"Statement\": " + statement.group(1) + "}";
	}

}
