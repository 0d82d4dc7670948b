package io.github.secretsboot.mapping;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import io.github.secretsboot.SecretVersion;
import io.github.secretsboot.fetch.PlainText;
import io.github.secretsboot.fetch.SecretValue;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Properties that {@link SecretMapper} has for whatever content.
 */
class SecretMapperPropertiesTests {

	private static final String SEGMENT = "the-secret";

	private static final SecretVersion VERSION = new SecretVersion("myapp/" + SEGMENT,
			"arn:aws:secretsmanager:eu-central-1:123456789012:secret:myapp/the-secret-a1B2c3", "v1", List.of(), null);

	/** The messages without their numbers: there is no room in them for content. */
	private static final Set<String> MESSAGES = Set.of("JSON does not parse", "JSON does not parse at line #, column #",
			"JSON is nested deeper than # levels", "JSON has a key without a name",
			"JSON has a key with a control character at line #, column #",
			"JSON has property names of more than # characters in all",
			"the text is not a JSON object, which format 'json' requires");

	private static final JsonMapper REFERENCE = JsonMapper.builder()
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.build();

	private final SecretMapper mapper = new SecretMapper();

	@Property(tries = 1000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
	void whenTextIsArbitraryThenItIsMappedOrSafelyRefused(@ForAll String text, @ForAll SecretFormat format) {
		mapOrRefuse(text, format);
	}

	@Property(tries = 1000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
	void whenTextIsMadeOfJsonTokensThenItIsMappedOrSafelyRefused(@ForAll("tokens") String text,
			@ForAll SecretFormat format) {
		mapOrRefuse(text, format);
	}

	@Property(tries = 1000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
	void whenJsonIsCutThenItIsMappedOrSafelyRefused(@ForAll("documents") ObjectNode document, @ForAll int place) {
		String json = document.toString();
		mapOrRefuse(json.substring(0, Math.floorMod(place, json.length() + 1)), SecretFormat.AUTO);
	}

	@Property(tries = 1000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
	void whenJsonIsMutatedThenItIsMappedOrSafelyRefused(@ForAll("documents") ObjectNode document, @ForAll int place,
			@ForAll("mutations") String mutation, @ForAll boolean replace) {
		String json = document.toString();
		int index = Math.floorMod(place, json.length());
		mapOrRefuse(json.substring(0, index) + mutation + json.substring(replace ? index + 1 : index),
				SecretFormat.AUTO);
	}

	@Property(tries = 500, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
	void whenJsonObjectIsCutAnywhereThenItIsMalformed(@ForAll("documents") ObjectNode document, @ForAll int place) {
		String json = document.toString();
		String cut = json.substring(0, 1 + Math.floorMod(place, json.length() - 1));
		assertThat(mapOrRefuse(cut, SecretFormat.AUTO)).isNull();
	}

	@Property(tries = 1000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
	void whenJsonIsAnObjectThenPropertiesAreThoseOfTheReference(@ForAll("documents") ObjectNode document,
			@ForAll boolean pretty) {
		String json = pretty ? document.toPrettyString() : document.toString();
		Map<String, Object> expected = new LinkedHashMap<>();
		flatten("", REFERENCE.readTree(json), expected);
		Map<String, Object> properties = map(json, SecretFormat.AUTO);
		assertThat(properties).isEqualTo(expected);
		assertThat(properties.keySet()).containsExactlyElementsOf(expected.keySet());
	}

	@Property(tries = 500, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
	void whenFormatIsTextThenTextIsTheValue(@ForAll String text) {
		assertThat(map(text, SecretFormat.TEXT)).isEqualTo(Map.of(SEGMENT, text));
	}

	@Property(tries = 500, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
	void whenTextBeginsWithALetterThenItIsTheValue(@ForAll String text) {
		assertThat(map("x" + text, SecretFormat.AUTO)).isEqualTo(Map.of(SEGMENT, "x" + text));
	}

	/**
	 * Any other exception than the expected one fails the property. That the message is
	 * one of a fixed set rules out every fragment of the content, of whatever length;
	 * numbers are compared by shape because a content may well be a number.
	 */
	private Map<String, Object> mapOrRefuse(String text, SecretFormat format) {
		try {
			return map(text, format);
		}
		catch (MalformedSecretException ex) {
			assertThat(MESSAGES).contains(ex.getMessage().replaceAll("\\d+", "#"));
			assertThat(ex.getMessage().toLowerCase(Locale.ROOT)).doesNotContain("canary");
			assertThat(numbersIn(ex.getMessage())).allMatch((number) -> isLimit(number) || number <= text.length() + 1);
			assertThat(ex).hasNoCause();
			assertThat(ex.getSuppressed()).isEmpty();
			return null;
		}
	}

	private List<Integer> numbersIn(String message) {
		return Pattern.compile("\\d+")
			.matcher(message)
			.results()
			.map((result) -> Integer.valueOf(result.group()))
			.toList();
	}

	private boolean isLimit(int number) {
		return number == JsonFlattener.MAX_DEPTH || number == JsonFlattener.MAX_NAME_CHARACTERS;
	}

	private Map<String, Object> map(String text, SecretFormat format) {
		return this.mapper.map(SecretValue.ofText(VERSION, text), new MappingRules("", Map.of(), format)).properties();
	}

	private void flatten(String name, JsonNode node, Map<String, Object> properties) {
		if (node instanceof ObjectNode object) {
			object.forEachEntry((key, child) -> flatten(name.isEmpty() ? key : name + "." + key, child, properties));
		}
		else if (node instanceof ArrayNode array) {
			for (int i = 0; i < array.size(); i++) {
				flatten(name + "[" + i + "]", array.get(i), properties);
			}
		}
		else if (node.isNull()) {
			properties.remove(name);
		}
		else {
			properties.put(name, node.asString());
		}
	}

	@Provide
	Arbitrary<ObjectNode> documents() {
		return objects(nodes(3));
	}

	@Provide
	Arbitrary<String> tokens() {
		return Arbitraries
			.of("{", "}", "[", "]", ":", ",", "\"", "\"canary-1\"", "\"a\":", "{\"canary-key\":", "canary", "1", "-",
					".", "e", "1.10", "null", "true", "\\", "\\u", "\\ud83d", " ", "\n", "'", "/*", "//", "#", "\uFEFF",
					"\0", "NaN")
			.list()
			.ofMaxSize(30)
			.map((parts) -> String.join("", parts));
	}

	@Provide
	Arbitrary<String> mutations() {
		return Arbitraries.oneOf(Arbitraries.of("", "{", "}", "[", "]", "\"", "\\", ":", ",", "\n", "\0", "'", "/", "#",
				"\uFEFF", "-", "canary", "NaN", "\"canary-1\"", "\ud83d"), Arbitraries.strings().ofMaxLength(3));
	}

	private Arbitrary<JsonNode> nodes(int depth) {
		Arbitrary<JsonNode> scalars = scalars();
		if (depth == 0) {
			return scalars;
		}
		Arbitrary<JsonNode> children = nodes(depth - 1);
		return Arbitraries.frequencyOf(Tuple.of(4, scalars), Tuple.of(1, objects(children).map((object) -> object)),
				Tuple.of(1, arrays(children)));
	}

	private Arbitrary<ObjectNode> objects(Arbitrary<JsonNode> children) {
		return Arbitraries.maps(names(), children).ofMaxSize(4).map((members) -> {
			ObjectNode object = JsonNodeFactory.instance.objectNode();
			members.forEach(object::set);
			return object;
		});
	}

	private Arbitrary<JsonNode> arrays(Arbitrary<JsonNode> children) {
		return children.list().ofMaxSize(4).map((elements) -> {
			ArrayNode array = JsonNodeFactory.instance.arrayNode();
			elements.forEach(array::add);
			return array;
		});
	}

	private Arbitrary<JsonNode> scalars() {
		JsonNodeFactory factory = JsonNodeFactory.instance;
		return Arbitraries.oneOf(contents().map(factory::stringNode),
				Arbitraries.bigIntegers().map(factory::numberNode), Arbitraries.longs().map(factory::numberNode),
				Arbitraries.of(true, false).map(factory::booleanNode), Arbitraries.just(factory.nullNode()));
	}

	private Arbitrary<String> names() {
		return Arbitraries.oneOf(Arbitraries.of("a", "b", "a.b", "a[0]", "STRIPE_SECRET_KEY", "0", " "),
				contents().filter(PlainText::is));
	}

	/** Every text is marked, so that any piece of it would give itself away. */
	private Arbitrary<String> contents() {
		return Combinators.combine(Arbitraries.strings().ofMaxLength(6), Arbitraries.strings().ofMaxLength(6))
			.as((before, after) -> before + "canary" + after);
	}

}
