package io.github.secretsboot.policy;

import java.util.List;
import java.util.Map;

import io.github.secretsboot.fetch.Location;
import io.github.secretsboot.fetch.TestSecretReader;
import io.github.secretsboot.refresh.MutableClock;
import io.github.secretsboot.refresh.SecretSource;
import io.github.secretsboot.refresh.SecretsEngine;
import io.github.secretsboot.refresh.TestEngine;
import io.github.secretsboot.refresh.TestSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests the policies of applications that assume roles.
 */
class SecretsPolicyTests {

	private static final String READER = "arn:aws:iam::111111111111:role/path/reader";

	private static final String OTHER = "arn:aws:iam::222222222222:role/other";

	private final SecretsEngine engine = TestEngine.loaded(
			new TestSecretReader().put("own", "{\"A\":\"canary-a\"}").put("theirs", "{\"B\":\"canary-b\"}"),
			new MutableClock(), source("own", null, false), source("theirs", READER, false),
			source("missing", OTHER, true));

	private static SecretSource source(String name, String roleArn, boolean optional) {
		return TestSource.named(name).optional(optional).readFrom(new Location(null, roleArn)).build();
	}

	@Test
	void whenSecretsAreReadAsRolesThenTheApplicationMayAssumeThemAndReadItsOwn() {
		assertThat(statements(new SecretsPolicy(this.engine))).extracting("Action", "Resource")
			.containsExactly(tuple("secretsmanager:GetSecretValue", arn("123456789012", "own-a1B2c3")),
					tuple("sts:AssumeRole", List.of(READER, OTHER)));
	}

	@Test
	void whenRoleIsAskedForThenPolicyIsWhatItReads() {
		assertThat(statements(SecretsPolicy.ofRole(this.engine, READER)))
			.isEqualTo(statements(SecretsPolicy.ofRole(this.engine, "reader")))
			.extracting("Action", "Resource")
			.containsExactly(tuple("secretsmanager:GetSecretValue", arn("123456789012", "theirs-a1B2c3")));
	}

	@Test
	void whenSecretOfARoleIsMissingThenItIsInTheAccountOfTheRole() {
		assertThat(statements(SecretsPolicy.ofRole(this.engine, OTHER))).extracting("Resource")
			.containsExactly(List.of(arn("222222222222", "missing-??????"), arn("222222222222", "missing")));
	}

	@Test
	void whenRoleIsUnknownThenThereIsNoPolicy() {
		assertThat(SecretsPolicy.ofRole(this.engine, "nobody")).isNull();
	}

	private static String arn(String account, String name) {
		return "arn:aws:secretsmanager:" + TestSecretReader.REGION + ":" + account + ":secret:" + name;
	}

	@SuppressWarnings("unchecked")
	private static List<Map<String, Object>> statements(SecretsPolicy policy) {
		return (List<Map<String, Object>>) policy.toMap(false).get("Statement");
	}

}
