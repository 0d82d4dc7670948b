package io.github.secretsboot.test;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Plays {@code aws-facts.txt}. A fact is a block of lines: what it says, where it is
 * known from, and what clients send, one line each. A line that begins with {@code =} is
 * the whole answer to the line above: JSON, an error, the names of the secrets in a list,
 * or nothing. Requests that may make a version get the tokens {@code v1}, {@code v2} and
 * so on, unless they have one. A region or an account in front is where the request goes
 * or comes from. The rotation functions {@code rotate} and {@code fail} do that.
 * <p>
 * In answers, {@code arn:a} is the ARN of secret {@code a}, and {@code arn:eu-west-1:a}
 * that of its replica, {@code date} is any time, {@code day} is today, and {@code token}
 * asks for more.
 */
class AwsFactsTests {

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	private static final HttpClient CLIENT = HttpClient.newHttpClient();

	private static final Set<String> WITH_TOKEN = Set.of("CreateSecret", "UpdateSecret", "PutSecretValue",
			"RotateSecret");

	private static final Pattern VERSION = Pattern.compile("\"v(\\d+)\"");

	private static final String PADDING = "-".repeat(31);

	private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-24T10:00:00.123Z"), ZoneOffset.UTC);

	@TestFactory
	Stream<DynamicTest> whenAskedThenAnswersLikeAws() throws IOException {
		return facts().map((fact) -> DynamicTest.dynamicTest(fact.get(0), () -> play(fact)));
	}

	private static Stream<List<String>> facts() throws IOException {
		try (InputStream file = AwsFactsTests.class.getResourceAsStream("aws-facts.txt")) {
			String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
			return Arrays.stream(text.split("\n\n"))
				.map(String::strip)
				.filter((block) -> !block.startsWith("#"))
				.map((block) -> List.of(block.split("\n")));
		}
	}

	private static void play(List<String> fact) throws Exception {
		assertThat(fact.get(1)).matches("(recorded|verified|documented|reported): .+");
		List<String> script = fact.stream().dropWhile((line) -> !line.contains("{")).toList();
		try (SecretsManagerServer server = SecretsManagerServer.builder().clock(CLOCK).everyRegion().start()) {
			server.rotationFunction("rotate", Rotation.text((current) -> current + "-rotated"));
			server.rotationFunction("fail", Rotation.text((current) -> current).failingIn(RotationStep.SET_SECRET));
			String answer = "";
			int versions = 0;
			for (String line : script) {
				if (line.startsWith("=")) {
					assertThat(answer).as(line).isEqualTo(expected(line.substring(1).strip()));
				}
				else {
					Request request = Request.parse(line);
					versions += request.mayMakeVersion() ? 1 : 0;
					answer = send(server, request, versions);
				}
			}
		}
	}

	private static String expected(String line) {
		return line.startsWith("{") ? MAPPER.readTree(line).toPrettyString() : line;
	}

	private static String send(SecretsManagerServer server, Request request, int version) throws Exception {
		if (request.mayMakeVersion() && !request.json().has("ClientRequestToken")) {
			request.json().put("ClientRequestToken", "v" + version);
		}
		String body = VERSION.matcher(request.json().toString()).replaceAll("\"v$1" + PADDING + "\"");
		HttpResponse<String> response = CLIENT.send(HttpRequest.newBuilder(server.endpoint())
			.header("X-Amz-Target", "secretsmanager." + request.operation())
			.header("Authorization",
					"Credential=%s/20261124/%s/secretsmanager/aws4_request".formatted(request.accessKeyId(),
							request.region()))
			.POST(HttpRequest.BodyPublishers.ofString(body))
			.build(), HttpResponse.BodyHandlers.ofString());
		return readable(response.body());
	}

	private static String readable(String body) {
		if (body.isEmpty()) {
			return "";
		}
		String text = body.replaceAll("arn:aws:secretsmanager:us-east-1:123456789012:secret:([^\" ]+)-\\w{6}", "arn:$1")
			.replaceAll("arn:aws:secretsmanager:([^:]+):123456789012:secret:([^\" ]+)-\\w{6}", "arn:$1:$2")
			.replaceAll("(v\\d+)" + PADDING, "$1")
			.replaceAll("Date\":1795478400.000", "Date\":\"day\"")
			.replaceAll("Date\":\\d+\\.\\d+", "Date\":\"date\"")
			.replaceAll("\"NextToken\":\"[^\"]+\"", "\"NextToken\":\"token\"");
		JsonNode json = MAPPER.readTree(text);
		if (json.has("__type")) {
			return json.path("__type").asString() + ": " + json.path("Message").asString();
		}
		return json.has("SecretList") ? names(json) : json.toPrettyString();
	}

	private static String names(JsonNode list) {
		List<String> names = new ArrayList<>();
		list.path("SecretList").forEach((secret) -> names.add(secret.path("Name").asString()));
		return ("names: " + String.join(" ", names)).strip();
	}

	private record Request(String place, String operation, ObjectNode json) {

		static Request parse(String line) {
			int start = line.indexOf('{');
			String[] words = line.substring(0, start).split(" ");
			return new Request((words.length > 1) ? words[0] : "", words[words.length - 1],
					(ObjectNode) MAPPER.readTree(line.substring(start)));
		}

		String accessKeyId() {
			return this.place.matches("\\d{12}") ? this.place : "fake-access-key";
		}

		String region() {
			return this.place.contains("-") ? this.place : "us-east-1";
		}

		boolean mayMakeVersion() {
			return WITH_TOKEN.contains(this.operation);
		}

	}

}
