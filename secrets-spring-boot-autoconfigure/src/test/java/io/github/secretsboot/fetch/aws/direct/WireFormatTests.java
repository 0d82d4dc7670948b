package io.github.secretsboot.fetch.aws.direct;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import io.github.secretsboot.fetch.SecretValue;
import io.github.secretsboot.fetch.aws.SecretsManagerCalls.EntryError;
import io.github.secretsboot.fetch.aws.SecretsManagerCalls.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * Tests that every answer is read as what it is, or refused, and that reading ends.
 */
class WireFormatTests {

	private static final String VALUE = """
			{"ARN":"arn:aws:secretsmanager:us-east-1:123456789012:secret:a-AbCdEf","Name":"a","VersionId":"1",\
			"VersionStages":["AWSCURRENT","x"],"CreatedDate":1.523477145713E9,"SecretString":"canary-\\u00fc\\n",\
			"SecretBinary":null,"New":{"x":[1,{"Name":"canary-other"}]}}""";

	private static final String PAGE = "{\"SecretValues\":[" + VALUE + "," + VALUE
			+ "],\"Errors\":[{\"SecretId\":\"b\","
			+ "\"ErrorCode\":\"ResourceNotFoundException\",\"Message\":\"no\"},{}],\"NextToken\":\"t\",\"New\":[[{}]]}";

	private static final String ERROR = "{\"__type\":\"a.b#AccessDeniedException\",\"Message\":\"no\",\"New\":{}}";

	private static final List<String> WRONG = List.of("1", "-0.5", "true", "\"canary\"", "[]", "[1]", "[[]]", "{}",
			"{\"a\":1}", "{\"Name\":{}}", "1e999999999", "1e-999999999", "9".repeat(900), "9".repeat(2000),
			"[".repeat(400) + "]".repeat(400), "[".repeat(5000), "[" + "{},".repeat(5000) + "{}]", "\"*\"");

	private static final JsonMapper MAPPER = new JsonMapper();

	@Test
	void whenAnswersAreWholeThenTheyAreRead() {
		SecretValue value = WireFormat.value(utf8(VALUE));
		assertThat(value.version().stages()).containsExactly("AWSCURRENT", "x");
		assertThat(value.version().createdDate()).isEqualTo("2018-04-11T20:05:45.713Z");
		assertThat(value.text()).isEqualTo("canary-ü\n");
		Page page = WireFormat.page(utf8(PAGE));
		assertThat(page.values()).hasSize(2);
		assertThat(page.errors()).extracting((error) -> error.code())
			.containsExactly("ResourceNotFoundException", null);
		assertThat(page.nextToken()).isEqualTo("t");
		assertThat(WireFormat.error(utf8(ERROR)).message()).isEqualTo("no");
	}

	@Test
	void whenAnswerIsCutOffThenItIsRefused() {
		for (int end = 0; end < VALUE.length(); end++) {
			assertRefused(WireFormat::value, VALUE.substring(0, end));
		}
		for (int end = 0; end < PAGE.length(); end++) {
			assertRefused(WireFormat::page, PAGE.substring(0, end));
		}
		for (int end = 0; end < ERROR.length(); end++) {
			assertThat(error(ERROR.substring(0, end)).code()).isNull();
		}
	}

	@Test
	void whenAnyPlaceHasAnythingElseThenItIsReadOrRefused() {
		for (String wrong : WRONG) {
			mutations(VALUE, wrong).forEach((body) -> readOrRefuse(WireFormat::value, body));
			mutations(PAGE, wrong).forEach((body) -> readOrRefuse(WireFormat::page, body));
			mutations(ERROR, wrong).forEach(WireFormatTests::error);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"Errors\":[\"a\"]}", "{\"Errors\":[1]}", "{\"Errors\":[[]]}",
			"{\"SecretValues\":[\"a\"]}", "{\"SecretValues\":[{}]}", "{\"SecretValues\":{}}", "{\"NextToken\":{}}",
			"{\"NextToken\":1}", "{} {}", "{}]", "[]", "null", "\"a\"", "" })
	void whenPageIsNotOneThenItIsRefused(String body) {
		assertRefused(WireFormat::page, body);
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"Name\":{\"Name\":\"canary\"}", "\"Name\":1", "\"ARN\":[\"a\"]", "\"VersionId\":true",
			"\"VersionStages\":\"AWSCURRENT\"", "\"VersionStages\":[[\"AWSCURRENT\"]]", "\"CreatedDate\":\"2018\"",
			"\"CreatedDate\":1e999999999", "\"CreatedDate\":-1e300", "\"SecretString\":{\"password\":\"canary\"}",
			"\"SecretString\":1", "\"SecretBinary\":\"*\"", "\"SecretBinary\":[1]" })
	void whenMemberHasTheWrongTypeThenTheAnswerIsRefused(String member) {
		assertRefused(WireFormat::value, VALUE.substring(0, VALUE.length() - 1) + "," + member + "}");
	}

	@Test
	void whenMemberIsRepeatedThenTheLastOneCounts() {
		String body = VALUE.substring(0, VALUE.length() - 1) + ",\"SecretString\":\"canary-last\"}";
		assertThat(WireFormat.value(utf8(body)).text()).isEqualTo("canary-last");
	}

	@Test
	void whenListHasMoreThanAPageCanHaveThenItIsRefused() {
		String entries = "{},".repeat(99) + "{}";
		assertThat(WireFormat.page(utf8("{\"Errors\":[" + entries + "]}")).errors()).hasSize(100);
		assertRefused(WireFormat::page, "{\"Errors\":[" + entries + ",{}]}");
	}

	/**
	 * The document with something else in each place in turn, nested ones included.
	 */
	private static List<String> mutations(String document, String replacement) {
		String marker = "\"replaced here\"";
		List<String> mutations = new ArrayList<>();
		JsonNode root = MAPPER.readTree(document);
		mutate(root, () -> mutations.add(root.toString().replace(marker, replacement)));
		mutations.add(replacement);
		return mutations;
	}

	private static void mutate(JsonNode node, Runnable mutated) {
		if (node instanceof ObjectNode object) {
			List.copyOf(object.propertyNames()).forEach((name) -> {
				JsonNode child = object.get(name);
				object.put(name, "replaced here");
				mutated.run();
				object.set(name, child);
				mutate(child, mutated);
			});
		}
		if (node instanceof ArrayNode array) {
			for (int i = 0; i < array.size(); i++) {
				JsonNode child = array.get(i);
				array.set(i, "replaced here");
				mutated.run();
				array.set(i, child);
				mutate(child, mutated);
			}
		}
	}

	private static void readOrRefuse(Function<byte[], ?> reader, String body) {
		assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
			try {
				reader.apply(utf8(body));
			}
			catch (SdkClientException ex) {
				assertQuotesNothing(ex);
			}
		}, () -> body.substring(0, Math.min(body.length(), 1000)));
	}

	private static void assertRefused(Function<byte[], ?> reader, String body) {
		assertTimeoutPreemptively(Duration.ofSeconds(10),
				() -> assertThatExceptionOfType(SdkClientException.class).as(body)
					.isThrownBy(() -> reader.apply(utf8(body)))
					.satisfies(WireFormatTests::assertQuotesNothing));
	}

	private static void assertQuotesNothing(SdkClientException failure) {
		assertThat(failure).hasMessageStartingWith("The answer is not").hasMessageNotContaining("canary").hasNoCause();
	}

	private static EntryError error(String body) {
		return assertTimeoutPreemptively(Duration.ofSeconds(10), () -> WireFormat.error(utf8(body)));
	}

	private static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
