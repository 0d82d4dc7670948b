package io.github.secretsboot.test;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * How policies are evaluated, as a table: a statement without its effect, and whether it
 * concerns the read of a secret by a role with the tag {@code team=shop}.
 */
class PolicyTests {

	private static final String ARN = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:myapp/prod/key-AbCdEf";

	private static final AccessRequest READ = new AccessRequest(Caller.role("reader").in("123456789012"),
			"secretsmanager:GetSecretValue", ARN,
			Map.of("secretsmanager:VersionStage", List.of("AWSCURRENT"), "aws:ResourceTag/team", List.of("shop"),
					"aws:PrincipalTag/team", List.of("shop"), "aws:SourceIp", List.of("127.0.0.1"),
					"aws:SecureTransport", List.of("true"), "aws:TagKeys", List.of("a", "b"),
					"secretsmanager:RecoveryWindowInDays", List.of("7"), "aws:CurrentTime",
					List.of("2026-11-24T10:00:00Z"), "aws:PrincipalArn",
					List.of("arn:aws:iam::123456789012:role/reader")));

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|', quoteCharacter = '\0',
			textBlock = """
					'Action': 'secretsmanager:GetSecretValue', 'Resource': '*'                                          | true
					'Action': 'SecretsManager:getsecretvalue', 'Resource': '*'                                          | true
					'Action': ['secretsmanager:Describe*', 'secretsmanager:Get*'], 'Resource': '*'                      | true
					'Action': '*', 'Resource': '*'                                                                      | true
					'Action': 'secretsmanager:GetSecret', 'Resource': '*'                                               | false
					'NotAction': 'secretsmanager:GetSecretValue', 'Resource': '*'                                       | false
					'NotAction': 'secretsmanager:Delete*', 'Resource': '*'                                              | true
					'Action': '*', 'Resource': 'arn:aws:secretsmanager:*:*:secret:myapp/*'                              | true
					'Action': '*', 'Resource': 'arn:aws:secretsmanager:*:*:secret:myapp/prod/key-??????'                | true
					'Action': '*', 'Resource': 'arn:aws:secretsmanager:*:*:secret:myapp/prod/key-?????'                 | false
					'Action': '*', 'Resource': 'arn:aws:secretsmanager:*:*:secret:myapp/prod/key'                       | false
					'Action': '*', 'Resource': 'arn:aws:secretsmanager:us-east-1:*:secret:myapp/*'                      | false
					'Action': '*', 'Resource': ['arn:aws:s3:::*', 'arn:aws:secretsmanager:*:*:secret:*']                | true
					'Action': '*', 'NotResource': 'arn:aws:secretsmanager:*:*:secret:myapp/*'                           | false
					'Action': '*', 'Resource': '*', 'Condition': {'StringEquals': {'secretsmanager:VersionStage': 'AWSCURRENT'}} | true
					'Action': '*', 'Resource': '*', 'Condition': {'StringEquals': {'SecretsManager:versionstage': ['A', 'AWSCURRENT']}} | true
					'Action': '*', 'Resource': '*', 'Condition': {'StringEquals': {'secretsmanager:VersionStage': 'awscurrent'}} | false
					'Action': '*', 'Resource': '*', 'Condition': {'StringEqualsIgnoreCase': {'secretsmanager:VersionStage': 'awscurrent'}} | true
					'Action': '*', 'Resource': '*', 'Condition': {'StringLike': {'secretsmanager:VersionStage': 'AWS*'}} | true
					'Action': '*', 'Resource': '*', 'Condition': {'StringNotLike': {'secretsmanager:VersionStage': 'AWS*'}} | false
					'Action': '*', 'Resource': '*', 'Condition': {'StringNotEquals': {'aws:SourceVpce': 'vpce-1'}}      | true
					'Action': '*', 'Resource': '*', 'Condition': {'StringEquals': {'aws:SourceVpce': 'vpce-1'}}         | false
					'Action': '*', 'Resource': '*', 'Condition': {'StringEqualsIfExists': {'aws:SourceVpce': 'vpce-1'}} | true
					'Action': '*', 'Resource': '*', 'Condition': {'Null': {'aws:SourceVpce': 'true'}}                   | true
					'Action': '*', 'Resource': '*', 'Condition': {'Null': {'aws:ResourceTag/team': 'true'}}             | false
					'Action': '*', 'Resource': '*', 'Condition': {'StringEquals': {'aws:ResourceTag/team': '${aws:PrincipalTag/team}'}} | true
					'Action': '*', 'Resource': '*', 'Condition': {'StringEquals': {'aws:ResourceTag/team': '${aws:PrincipalTag/no}'}} | false
					'Action': '*', 'Resource': '*', 'Condition': {'StringEquals': {'aws:ResourceTag/team': \"${aws:PrincipalTag/no, 'shop'}\"}} | true
					'Action': '*', 'Resource': '*', 'Condition': {'Bool': {'aws:SecureTransport': true}}                | true
					'Action': '*', 'Resource': '*', 'Condition': {'Bool': {'aws:SecureTransport': 'false'}}             | false
					'Action': '*', 'Resource': '*', 'Condition': {'IpAddress': {'aws:SourceIp': '127.0.0.0/8'}}         | true
					'Action': '*', 'Resource': '*', 'Condition': {'IpAddress': {'aws:SourceIp': ['10.0.0.0/8', '::1']}} | false
					'Action': '*', 'Resource': '*', 'Condition': {'NotIpAddress': {'aws:SourceIp': 'localhost'}}        | true
					'Action': '*', 'Resource': '*', 'Condition': {'NumericLessThan': {'secretsmanager:RecoveryWindowInDays': 8}} | true
					'Action': '*', 'Resource': '*', 'Condition': {'NumericGreaterThanEquals': {'secretsmanager:RecoveryWindowInDays': '8'}} | false
					'Action': '*', 'Resource': '*', 'Condition': {'DateLessThan': {'aws:CurrentTime': '2027-01-01T00:00:00Z'}} | true
					'Action': '*', 'Resource': '*', 'Condition': {'DateGreaterThan': {'aws:CurrentTime': '2027-01-01T00:00:00Z'}} | false
					'Action': '*', 'Resource': '*', 'Condition': {'ArnLike': {'aws:PrincipalArn': 'arn:aws:iam::*:role/*'}} | true
					'Action': '*', 'Resource': '*', 'Condition': {'ArnNotEquals': {'aws:PrincipalArn': 'arn:aws:iam::*:role/reader'}} | false
					'Action': '*', 'Resource': '*', 'Condition': {'ForAllValues:StringEquals': {'aws:TagKeys': ['a', 'b', 'c']}} | true
					'Action': '*', 'Resource': '*', 'Condition': {'ForAllValues:StringEquals': {'aws:TagKeys': ['a']}}  | false
					'Action': '*', 'Resource': '*', 'Condition': {'ForAnyValue:StringEquals': {'aws:TagKeys': ['a', 'x']}} | true
					'Action': '*', 'Resource': '*', 'Condition': {'ForAllValues:StringEquals': {'no:key': 'x'}}         | true
					'Action': '*', 'Resource': '*', 'Condition': {'ForAnyValue:StringEquals': {'no:key': 'x'}}          | false
					'Action': '*', 'Resource': '*', 'Condition': {'StringEquals': {'aws:ResourceTag/team': 'shop', 'no:key': 'x'}} | false
					""")
	void whenStatementThenConcerns(String statement, boolean concerns) {
		String json = "{'Version': '2012-10-17', 'Statement': [{'Effect': 'Allow', " + statement + "}]}";
		assertThat(Policy.parse(json(json)).allows(READ)).isEqualTo(concerns);
		assertThat(Policy.parse(json(json.replace("Allow", "Deny"))).denies(READ)).isEqualTo(concerns);
	}

	@ParameterizedTest
	@ValueSource(strings = { "canary", "[]", "{}", "{'Statement': [{'Effect': 'Perhaps', 'Action': '*'}]}",
			"{'Statement': {'Effect': 'Allow'}}", "{'Statement': {'Effect': 'Allow', 'Action': '*', 'NotAction': '*'}}",
			"{'Statement': {'Effect': 'Allow', 'Action': '*', 'Resources': '*'}}",
			"{'Statement': {'Effect': 'Allow', 'Action': {'a': 'b'}}}",
			"{'Statement': {'Effect': 'Allow', 'Action': '*', 'Condition': {'StringSounds': {'a': 'b'}}}}",
			"{'Statement': {'Effect': 'Allow', 'Action': '*', 'Condition': {'ForSome:StringEquals': {'a': 'b'}}}}" })
	void whenPolicyCannotBeEvaluatedThenRefused(String policy) {
		assertThatIllegalArgumentException().isThrownBy(() -> Caller.role("reader").policy(json(policy)))
			.withMessageStartingWith("Not an IAM policy that can be evaluated: ");
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
			'*'                                                                            | true  | true
			{'AWS': '*'}                                                                   | true  | true
			{'AWS': 'arn:aws:iam::123456789012:role/reader'}                               | true  | true
			{'AWS': ['arn:aws:sts::123456789012:assumed-role/reader/fake-session']}        | true  | true
			{'AWS': 'arn:aws:iam::123456789012:root'}                                      | false | true
			{'AWS': '123456789012'}                                                        | false | true
			{'AWS': 'arn:aws:iam::123456789012:role/other'}                                | false | false
			{'Service': 'lambda.amazonaws.com'}                                            | false | false
			""")
	void whenSecretsPolicyNamesPrincipalThenItselfOrItsAccount(String principal, boolean itself, boolean account) {
		Policy policy = Policy
			.parse(json("{'Statement': {'Effect': 'Allow', 'Action': '*', 'Principal': " + principal + "}}"));
		assertThat(policy.allowsPrincipal(READ, false)).isEqualTo(itself);
		assertThat(policy.allowsPrincipal(READ, true)).isEqualTo(account);
	}

	@Test
	void whenEverybodyElseIsDeniedThenPrincipalIsNot() {
		Policy policy = Policy.parse(json("{'Statement': {'Effect': 'Deny', 'Action': '*', 'NotPrincipal': "
				+ "{'AWS': 'arn:aws:iam::123456789012:role/reader'}}}"));
		assertThat(policy.deniesPrincipal(READ)).isFalse();
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
			'Principal': '*'                                                                                   | true
			'Principal': {'AWS': '*'}                                                                          | true
			'Principal': '*', 'Condition': {'StringEquals': {'secretsmanager:VersionStage': 'AWSCURRENT'}}     | true
			'Principal': '*', 'Condition': {'StringEquals': {'aws:SourceVpce': 'vpce-1'}}                      | false
			'Principal': {'AWS': 'arn:aws:iam::123456789012:root'}                                             | false
			""")
	void whenEverybodyIsAllowedThenPublic(String rest, boolean isPublic) {
		Policy policy = Policy.parse(json("{'Statement': {'Effect': 'Allow', 'Action': '*', " + rest + "}}"));
		assertThat(policy.isPublic()).isEqualTo(isPublic);
	}

	@ParameterizedTest
	@CsvSource({ "*,abc,true", "a*,abc,true", "*c,abc,true", "a*c,abc,true", "a?c,abc,true", "a?,abc,false",
			"abc,abc,true", "abc*,abc,true", "ab,abc,false", "*b*,abc,true", "a*b*d,axxbxxbd,true", "**,abc,true",
			"*x*,abc,false" })
	void whenPatternThenMatches(String pattern, String text, boolean matches) {
		assertThat(Wildcards.match(pattern, text)).isEqualTo(matches);
	}

	private static String json(String text) {
		return text.contains("\"") ? text.replaceAll("'(?=[^\"]*(?:\"[^\"]*\"[^\"]*)*$)", "\"")
				: text.replace('\'', '"');
	}

}
