package io.github.secretsboot.test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Feeds the server whatever a coverage-guided fuzzer comes up with. As a test, it repeats
 * inputs that were found before; with {@code JAZZER_FUZZ=1} and
 * {@code -Djazzer.hooks=true} it looks for more.
 */
class WireHandlerFuzzTests {

	private static final String[] MEMBERS = { "SecretId", "Name", "SecretString", "SecretBinary", "ClientRequestToken",
			"VersionStages", "VersionStage", "VersionId", "SecretIdList", "MaxResults", "NextToken", "Tags",
			"MoveToVersionId", "RemoveFromVersionId", "RecoveryWindowInDays", "ForceDeleteWithoutRecovery", "Filters",
			"TagKeys", "SortOrder", "SortBy", "PasswordLength", "ExcludeCharacters", "IncludeSpace",
			"AddReplicaRegions", "RemoveReplicaRegions", "ForceOverwriteReplicaSecret", "ResourcePolicy",
			"BlockPublicPolicy" };

	private static final String[] VALUES = { "\"a\"", "\"b\"", "\"AWSCURRENT\"", "\"AWSPENDING\"", "\"eA==\"", "1",
			"-1", "7", "true", "null", "[]", "[\"a\"]", "[\"AWSCURRENT\",\"x\"]", "{}",
			"[{\"Key\":\"k\",\"Value\":\"v\"}]", "[{\"Key\":\"all\",\"Values\":[\"!a\",\"B c\"]}]", "\"asc\"",
			"[{\"Region\":\"eu-west-1\"}]", "[\"eu-west-1\"]", "{\"ScheduleExpression\":\"cron(0 8 1 1/3 ? *)\"}",
			"\"rotate\"",
			"\"{\\\"Statement\\\":{\\\"Effect\\\":\\\"Deny\\\",\\\"Action\\\":\\\"*\\\",\\\"Principal\\\":\\\"*\\\"}}\"",
			"\"01234567890123456789012345678901\"", "1e99", "\"\"" };

	private static final String[] CREDENTIALS = { "Credential=a/b/us-east-1/", "Credential=a/b/eu-west-1/",
			"Credential=111122223333/b/us-east-1/" };

	@FuzzTest(maxDuration = "5s")
	void whenRequestIsArbitraryThenIsAnsweredAsAwsWould(FuzzedDataProvider data) throws IOException {
		fuzz(data);
	}

	static void fuzz(FuzzedDataProvider data) throws IOException {
		Partition partition = new Partition(Clock.systemUTC());
		WireHandler handler = new WireHandler(partition, new Callers(partition, "123456789012", "us-east-1", true),
				new FaultScript(), new CallLog());
		partition.rotationFunctions().add("rotate", Rotation.text((current) -> current));
		int requests = data.consumeInt(1, 4);
		for (int i = 0; i < requests; i++) {
			Operation operation = data.pickValue(Operation.values());
			boolean structured = data.consumeBoolean();
			byte[] body = structured ? structured(data) : data.consumeBytes(200);
			FuzzedExchange exchange = new FuzzedExchange(body);
			exchange.getRequestHeaders().set("X-Amz-Target", "secretsmanager." + operation.wireName());
			exchange.getRequestHeaders()
				.set("Authorization", structured ? data.pickValue(CREDENTIALS) : data.consumeAsciiString(40));
			handler.handle(exchange);
			if (exchange.status() != 200 && exchange.status() != 400) {
				throw new IllegalStateException("status " + exchange.status() + " for " + operation + " "
						+ new String(body, StandardCharsets.UTF_8));
			}
		}
	}

	private static byte[] structured(FuzzedDataProvider data) {
		StringBuilder json = new StringBuilder("{");
		int members = data.consumeInt(0, 5);
		for (int i = 0; i < members; i++) {
			json.append((i > 0) ? "," : "").append('"').append(data.pickValue(MEMBERS)).append("\":");
			json.append(data.consumeBoolean() ? data.pickValue(VALUES) : data.consumeString(12));
		}
		return json.append('}').toString().getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * The entry of Jazzer's own command line.
	 * @param data what to feed
	 * @throws IOException never
	 */
	public static void fuzzerTestOneInput(FuzzedDataProvider data) throws IOException {
		fuzz(data);
	}

}
