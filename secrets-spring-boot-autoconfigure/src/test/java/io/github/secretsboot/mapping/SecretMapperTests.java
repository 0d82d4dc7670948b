package io.github.secretsboot.mapping;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.secretsboot.SecretVersion;
import io.github.secretsboot.fetch.SecretValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link SecretMapper}: a table of contents, rules and what comes of them.
 */
class SecretMapperTests {

	private static final String NAME = "myapp/prod/the-secret";

	private static final String SEGMENT = "the-secret";

	private static final String BOM = "\uFEFF";

	private static final String NO_OBJECT = "the text is not a JSON object, which format 'json' requires";

	private static final String NO_NAME = "JSON has a key without a name";

	private static final String TOO_DEEP = "JSON is nested deeper than 200 levels";

	private static final String TOO_MANY_NAMES = "JSON has property names of more than 4194304 characters in all";

	private static final MappingRules AUTO = MappingRules.DEFAULT;

	private static final MappingRules JSON = new MappingRules("", Map.of(), SecretFormat.JSON);

	private static final MappingRules TEXT = new MappingRules("", Map.of(), SecretFormat.TEXT);

	private final SecretMapper mapper = new SecretMapper();

	@ParameterizedTest(name = "{0}")
	@MethodSource({ "objects", "scalars", "keys", "duplicates", "texts", "malformed", "formats", "large", "rules" })
	void whenTextIsMappedThenPropertiesOrFailureAreAsInTheTable(Row row) {
		SecretValue value = text(NAME, row.text);
		if (row.failure == null) {
			Map<String, Object> properties = this.mapper.map(value, row.rules).properties();
			assertThat(properties).isEqualTo(row.properties);
			assertThat(properties.keySet()).containsExactlyElementsOf(row.properties.keySet());
		}
		else {
			MalformedSecretException ex = catchThrowableOfType(MalformedSecretException.class,
					() -> this.mapper.map(value, row.rules));
			assertThat(ex).isNotNull().hasMessageMatching(row.failure).hasNoCause();
			assertThat(ex.getSuppressed()).isEmpty();
			assertThat(ex.getMessage()).doesNotContain("canary");
		}
	}

	static Stream<Row> objects() {
		return Stream.of(row("flat object", "{'a':'canary-1','b':'canary-2'}").gives("a", "canary-1", "b", "canary-2"),
				row("order of the text", "{'z':'canary-1','a':'canary-2','m':'canary-3'}").gives("z", "canary-1", "a",
						"canary-2", "m", "canary-3"),
				row("nested objects", "{'a':{'b':{'c':'canary-1'},'d':'canary-2'},'e':'canary-3'}").gives("a.b.c",
						"canary-1", "a.d", "canary-2", "e", "canary-3"),
				row("array", "{'a':['canary-0','canary-1']}").gives("a[0]", "canary-0", "a[1]", "canary-1"),
				row("array of objects", "{'a':[{'b':'canary-0','c':'canary-1'},{'b':'canary-2'}]}").gives("a[0].b",
						"canary-0", "a[0].c", "canary-1", "a[1].b", "canary-2"),
				row("array of arrays", "{'a':[['canary-00','canary-01'],['canary-10']]}").gives("a[0][0]", "canary-00",
						"a[0][1]", "canary-01", "a[1][0]", "canary-10"),
				row("object in array in object", "{'a':{'b':[{'c':['canary-0']}]}}").gives("a.b[0].c[0]", "canary-0"),
				row("keys after an array", "{'a':['canary-0'],'b':'canary-1'}").gives("a[0]", "canary-0", "b",
						"canary-1"),
				row("empty object at the top", "{}").gives(),
				row("empty object at the top with blanks", " {\n } ").gives(),
				row("empty object inside", "{'a':{},'b':'canary-1'}").gives("b", "canary-1"),
				row("empty array inside", "{'a':[],'b':'canary-1'}").gives("b", "canary-1"),
				row("empty containers in an array keep their index", "{'a':[{},[],'canary-2']}").gives("a[2]",
						"canary-2"),
				row("null as a leaf", "{'a':null,'b':'canary-1'}").gives("b", "canary-1"),
				row("null in a nested object", "{'a':{'b':null,'c':'canary-1'}}").gives("a.c", "canary-1"),
				row("null in an array keeps its index", "{'a':['canary-0',null,'canary-2']}")
					.gives("a[0]", "canary-0", "a[2]", "canary-2"),
				row("nothing but nulls", "{'a':null,'b':[null]}").gives(),
				row("blanks and line breaks everywhere", "\r\n\t { 'a' :\n[ 'canary-0' ,\n'canary-1' ] }\n\n")
					.gives("a[0]", "canary-0", "a[1]", "canary-1"),
				row("byte order mark before an object", BOM + "{'a':'canary-1'}").gives("a", "canary-1"),
				row("byte order mark and blanks before an object", BOM + "\n {'a':'canary-1'}").gives("a", "canary-1"));
	}

	static Stream<Row> scalars() {
		return Stream.of(row("booleans", "{'a':true,'b':false}").gives("a", "true", "b", "false"),
				row("decimal with a trailing zero", "{'a':1.10}").gives("a", "1.10"),
				row("number with an exponent", "{'a':1e5,'b':1E+05,'c':-2.50e-07}")
					.gives("a", "1e5", "b", "1E+05", "c", "-2.50e-07"),
				row("negative zero", "{'a':-0,'b':-0.0}").gives("a", "-0", "b", "-0.0"),
				row("integer beyond long", "{'a':123456789012345678901234567890}").gives("a",
						"123456789012345678901234567890"),
				row("exponent beyond double", "{'a':1e999999999999}").gives("a", "1e999999999999"),
				row("number of 5,000 digits", "{'a':" + "7".repeat(5000) + "}").gives("a", "7".repeat(5000)),
				row("fraction of 5,000 digits", "{'a':0." + "7".repeat(5000) + "}").gives("a", "0." + "7".repeat(5000)),
				row("numeric strings stay as they are", "{'a':'007','b':'1.10'}").gives("a", "007", "b", "1.10"),
				row("the string null is a value", "{'a':'null'}").gives("a", "null"),
				row("empty string", "{'a':'','b':['']}").gives("a", "", "b[0]", ""),
				row("blank string", "{'a':'  '}").gives("a", "  "),
				row("surrounding blanks", "{'a':' canary-1 '}").gives("a", " canary-1 "),
				row("escapes", "{'a':'canary-\\\\\\'\\/\\b\\f\\n\\r\\t'}").gives("a", "canary-\\\"/\b\f\n\r\t"),
				row("escaped Unicode", "{'a':'canary-\\u00e9\\u20ac'}").gives("a", "canary-é€"),
				row("escaped surrogates", "{'a':'canary-\\ud83d\\ude00'}").gives("a", "canary-😀"),
				row("escaped lone surrogate", "{'a':'canary-\\ud83d'}").gives("a", "canary-\ud83d"),
				row("escaped null character", "{'a':'canary-\\u0000'}").gives("a", "canary-\0"),
				row("Unicode as it is", "{'a':'canary-é€😀ключ'}").gives("a", "canary-é€😀ключ"),
				row("line separators as they are", "{'a':'canary-\u2028\u2029'}").gives("a", "canary-\u2028\u2029"),
				row("PEM text as a value", "{'key':'-----BEGIN X-----\\ncanary-1\\n-----END X-----\\n'}").gives("key",
						"-----BEGIN X-----\ncanary-1\n-----END X-----\n"),
				row("JSON in a string stays text", "{'a':'{\\'b\\':\\'canary-1\\'}'}").gives("a",
						"{\"b\":\"canary-1\"}"),
				row("placeholder in a string stays as it is", "{'a':'${b:canary-1}'}").gives("a", "${b:canary-1}"));
	}

	static Stream<Row> keys() {
		String longKey = "k".repeat(60_000);
		return Stream.of(
				row("variable-like key", "{'STRIPE_SECRET_KEY':'canary-1'}").gives("STRIPE_SECRET_KEY", "canary-1"),
				row("key with dots", "{'a.b.c':'canary-1'}").gives("a.b.c", "canary-1"),
				row("key with blanks", "{'a key':'canary-1',' ':'canary-2'}").gives("a key", "canary-1", " ",
						"canary-2"),
				row("key with brackets", "{'a[0]':'canary-1','b[c]':'canary-2'}").gives("a[0]", "canary-1", "b[c]",
						"canary-2"),
				row("non-ASCII key", "{'ключ':'canary-1','é':{'😀':'canary-2'}}").gives("ключ", "canary-1", "é.😀",
						"canary-2"),
				row("escaped key", "{'\\u0061':'canary-1'}").gives("a", "canary-1"),
				row("key with an escaped quote", "{'a\\'b':'canary-1'}").gives("a\"b", "canary-1"),
				row("key of 60,000 characters", "{'" + longKey + "':'canary-1'}").gives(longKey, "canary-1"),
				row("empty key", "{'':'canary-1'}").fails(NO_NAME),
				row("empty key with null", "{'':null}").fails(NO_NAME),
				row("empty key with an object", "{'':{'a':'canary-1'}}").fails(NO_NAME),
				row("empty key with an array", "{'':['canary-1']}").fails(NO_NAME),
				row("empty key in a nested object", "{'a':{'':'canary-1'}}").fails(NO_NAME),
				row("empty key in an array", "{'a':[{'':'canary-1'}]}").fails(NO_NAME),
				row("1,000 keys", object(1000)).gives(properties(1000)));
	}

	static Stream<Row> duplicates() {
		return Stream.of(row("duplicate key: the last wins", "{'a':'canary-1','a':'canary-2'}").gives("a", "canary-2"),
				row("duplicate key: the last null removes", "{'a':'canary-1','a':null}").gives(),
				row("duplicate key: a value after null", "{'a':null,'a':'canary-2'}").gives("a", "canary-2"),
				row("duplicate key in a nested object", "{'a':{'b':'canary-1','b':'canary-2'}}").gives("a.b",
						"canary-2"),
				row("duplicate object: the last wins as a whole", "{'a':{'b':'canary-1'},'a':{'c':'canary-2'}}")
					.gives("a.c", "canary-2"),
				row("duplicate array: the last wins as a whole", "{'a':['canary-0','canary-1'],'a':['canary-2']}")
					.gives("a[0]", "canary-2"),
				row("duplicate: a scalar replaces an object", "{'a':{'b':'canary-1'},'a':'canary-2'}").gives("a",
						"canary-2"),
				row("duplicate: null removes an object", "{'a':{'b':['canary-1']},'a':null,'ab':'canary-2'}")
					.gives("ab", "canary-2"),
				row("equal keys in different objects are no duplicates",
						"{'a':[{'b':'canary-0'},{'b':'canary-1'}],'c':{'b':'canary-2'},'b':'canary-3'}")
					.gives("a[0].b", "canary-0", "a[1].b", "canary-1", "c.b", "canary-2", "b", "canary-3"),
				row("same name by nesting, then by a dotted key", "{'a':{'b':'canary-1'},'a.b':'canary-2'}")
					.gives("a.b", "canary-2"),
				row("same name by a dotted key, then by nesting", "{'a.b':'canary-1','a':{'b':'canary-2'}}")
					.gives("a.b", "canary-2"),
				row("same name by a dotted key, then null by nesting", "{'a.b':'canary-1','a':{'b':null}}").gives(),
				row("same name by an array and by brackets", "{'a':['canary-1'],'a[0]':'canary-2'}").gives("a[0]",
						"canary-2"));
	}

	static Stream<Row> texts() {
		return Stream.of(rawRow("text null", "null").givesItself(), rawRow("empty text", "").givesItself(),
				rawRow("empty string in quotes", "\"\"").givesItself(),
				rawRow("string in quotes", "\"canary-1\"").givesItself(), rawRow("integer", "123").givesItself(),
				rawRow("decimal", "1.10").givesItself(), rawRow("boolean", "true").givesItself(),
				rawRow("one blank", " ").givesItself(), rawRow("blanks and line breaks", " \n\t ").givesItself(),
				rawRow("plain text", "canary-1").givesItself(),
				rawRow("plain text between blanks", " canary-1\n").givesItself(),
				rawRow("plain text behind a byte order mark", BOM + "canary-1").givesItself(),
				rawRow("byte order mark alone", BOM).givesItself(),
				rawRow("several lines", "canary-1\ncanary-2\r\ncanary-3").givesItself(),
				rawRow("non-ASCII text", "é€😀 canary-ключ").givesItself(),
				rawRow("PEM text", "-----BEGIN PRIVATE KEY-----\ncanary-1\n-----END PRIVATE KEY-----\n").givesItself(),
				rawRow("connection string", "postgresql://user:canary-1@db:5432/app?sslmode=require").givesItself(),
				rawRow("properties file", "key=canary-1\nother={}\n").givesItself(),
				rawRow("braces later", "canary-1 {}").givesItself(),
				rawRow("object behind a comment", "# canary-1\n{\"a\":1}").givesItself(),
				rawRow("XML", "<a>canary-1</a>").givesItself(),
				rawRow("string in single quotes", "'canary-1'").givesItself(), rawRow("NaN alone", "NaN").givesItself(),
				rawRow("placeholder alone", "${canary-placeholder}").givesItself(),
				rawRow("empty array at the top", "[]").givesItself(),
				rawRow("empty array between blanks", " [ ] ").givesItself(),
				rawRow("array at the top", "[\"canary-1\",{\"a\":[null]}]").givesItself(),
				rawRow("array with an empty key", "[{\"\":\"canary-1\"}]").givesItself(),
				rawRow("array behind a byte order mark", BOM + "[1]").givesItself(),
				rawRow("array of a long string", "[\"" + "k".repeat(70_000) + "\"]").givesItself());
	}

	static Stream<Row> malformed() {
		return Stream.of(row("brace alone", "{").failsAt(1, 2), row("bracket alone", "[").failsAt(1, 2),
				row("key without a value", "{'a':}").failsAt(1, 6),
				row("key without a colon", "{'canary-key' 'canary-1'}").failsSomewhere(),
				row("text behind the object", "{'a':'canary-1'} canary-2").failsSomewhere(),
				row("second object behind the object", "{'a':'canary-1'}{'b':'canary-2'}").failsSomewhere(),
				row("number behind the object", "{'a':'canary-1'} 5").failsSomewhere(),
				row("null behind the object", "{'a':'canary-1'}\nnull").failsSomewhere(),
				row("bracket behind the object", "{'a':'canary-1'}]").failsSomewhere(),
				row("second array behind an array", "['canary-1']['canary-2']").failsSomewhere(),
				rawRow("single quotes", "{'a':'canary-1'}").failsSomewhere(),
				row("unquoted key", "{canary_key:'canary-1'}").failsSomewhere(),
				row("unquoted value", "{'a':canary_1}").failsSomewhere(),
				row("block comment", "{/* canary-1 */'a':'b'}").failsSomewhere(),
				row("line comment", "{'a':'b' // canary-1\n}").failsSomewhere(),
				row("hash comment", "{'a':'b' # canary-1\n}").failsSomewhere(),
				row("NaN", "{'a':NaN}").failsSomewhere(), row("Infinity", "{'a':-Infinity}").failsSomewhere(),
				row("leading plus", "{'a':+1}").failsSomewhere(), row("leading zero", "{'a':007}").failsSomewhere(),
				row("trailing dot", "{'a':1.}").failsSomewhere(),
				row("trailing comma", "{'a':'canary-1',}").failsSomewhere(),
				row("trailing comma in an array", "{'a':['canary-1',]}").failsSomewhere(),
				row("missing comma", "{'a':'canary-1' 'b':'canary-2'}").failsSomewhere(),
				row("unterminated string", "{'a':'canary-1").failsSomewhere(),
				row("unterminated key", "{'canary-key").failsSomewhere(),
				row("unterminated object", "{'a':'canary-1'").failsSomewhere(),
				row("unterminated array", "{'a':['canary-1'").failsSomewhere(),
				row("wrong closing", "{'a':['canary-1'}]").failsSomewhere(),
				row("line break in a string", "{'a':'canary-1\ncanary-2'}").failsSomewhere(),
				row("tabulator in a string", "{'a':'canary-1\tcanary-2'}").failsSomewhere(),
				row("unknown escape", "{'a':'canary-\\x41'}").failsSomewhere(),
				row("broken Unicode escape", "{'a':'canary-\\u00zz'}").failsSomewhere(),
				row("fault in the third line", "{\n'a':'canary-1',\n'b':canary}").failsSomewhere(),
				row("INI section", "[section]\nkey=canary-1\n").failsSomewhere(),
				row("Mustache", "{{mustache}}").failsSomewhere(),
				row("ciphertext of Spring Cloud", "{cipher}canary-1").failsSomewhere(),
				row("encoded password", "{bcrypt}$2a$canary-1").failsSomewhere(),
				row("em space before an object", "\u2003{'a':'canary-1'}").failsSomewhere(),
				row("two byte order marks", BOM + "{" + BOM + "'a':'canary-1'}").failsSomewhere());
	}

	static Stream<Row> formats() {
		return Stream.of(row("json: object", "{'a':'canary-1'}").with(JSON).gives("a", "canary-1"),
				row("json: object behind a byte order mark", BOM + "{'a':'canary-1'}").with(JSON)
					.gives("a", "canary-1"),
				row("json: array", "['canary-1']").with(JSON).fails(NO_OBJECT),
				row("json: string", "'canary-1'").with(JSON).fails(NO_OBJECT),
				row("json: number", "123").with(JSON).fails(NO_OBJECT),
				row("json: null", "null").with(JSON).fails(NO_OBJECT),
				row("json: true", "true").with(JSON).fails(NO_OBJECT),
				row("json: empty text", "").with(JSON).fails(NO_OBJECT),
				row("json: blanks", " \n").with(JSON).fails(NO_OBJECT),
				row("json: plain text", "canary-1").with(JSON).failsSomewhere(),
				row("json: connection string", "jdbc:canary-1").with(JSON).failsSomewhere(),
				row("json: unterminated", "{'a':'canary-1'").with(JSON).failsSomewhere(),
				row("text: object", "{'a':'canary-1'}").with(TEXT).gives(SEGMENT, "{\"a\":\"canary-1\"}"),
				row("text: broken object", "{canary-1").with(TEXT).gives(SEGMENT, "{canary-1"),
				row("text: Mustache", "{{canary-1}}").with(TEXT).gives(SEGMENT, "{{canary-1}}"),
				row("text: INI", "[canary]\na=b").with(TEXT).gives(SEGMENT, "[canary]\na=b"),
				row("text: byte order mark", BOM + "{canary-1").with(TEXT).gives(SEGMENT, BOM + "{canary-1"),
				row("text: empty", "").with(TEXT).gives(SEGMENT, ""));
	}

	static Stream<Row> large() {
		String value = "canary-" + "x".repeat(65_529);
		String objectValue = value.substring(0, 65_528);
		String longKey = "canary-" + "k".repeat(30_000);
		return Stream.of(row("text of 64 KiB", value).gives(SEGMENT, value),
				row("JSON of 64 KiB", "{'a':'" + objectValue + "'}").gives("a", objectValue),
				row("JSON of 64 KiB, cut", "{'a':'" + value).failsSomewhere(),
				row("objects nested 200 levels", nested(200)).gives("a.".repeat(199) + "a", "canary-1"),
				row("objects nested 201 levels", nested(201)).fails(TOO_DEEP),
				row("objects nested 30,000 levels", nested(30_000)).fails(TOO_DEEP),
				row("arrays nested 200 levels", "{'a':" + "[".repeat(199) + "'canary-1'" + "]".repeat(199) + "}")
					.gives("a" + "[0]".repeat(199), "canary-1"),
				row("arrays nested 201 levels", "{'a':" + "[".repeat(200) + "'canary-1'" + "]".repeat(200) + "}")
					.fails(TOO_DEEP),
				row("30,000 open brackets", "[".repeat(30_000)).fails(TOO_DEEP),
				row("30,000 open objects", "{'canary-a':".repeat(30_000)).fails(TOO_DEEP),
				row("long key times many elements",
						"{'" + longKey + "':[" + String.join(",", Collections.nCopies(15_000, "1")) + "]}")
					.fails(TOO_MANY_NAMES),
				row("long key times many nulls",
						"{'" + longKey + "':[" + String.join(",", Collections.nCopies(6_000, "null")) + "]}")
					.fails(TOO_MANY_NAMES),
				row("long key times many elements in an array that is text anyway",
						"[{'" + longKey + "':[" + String.join(",", Collections.nCopies(6_000, "1")) + "]}]")
					.givesItself());
	}

	static Stream<Row> rules() {
		return Stream.of(
				row("prefix as it is", "{'a':'canary-1','b':{'c':'canary-2'}}").with("billing.", Map.of())
					.gives("billing.a", "canary-1", "billing.b.c", "canary-2"),
				row("prefix without a dot", "{'a':'canary-1'}").with("X_", Map.of()).gives("X_a", "canary-1"),
				row("prefix for text", "canary-1").with("billing.", Map.of()).gives("billing." + SEGMENT, "canary-1"),
				row("other name by exact key", "{'STRIPE_SECRET_KEY':'canary-1'}")
					.with("", Map.of("STRIPE_SECRET_KEY", "app.key"))
					.gives("app.key", "canary-1"),
				row("other name by the key that Boot leaves without brackets", "{'STRIPE_SECRET_KEY':'canary-1'}")
					.with("", Map.of("STRIPESECRETKEY", "app.key"))
					.gives("app.key", "canary-1"),
				row("other name by exact key before the one without brackets", "{'A_B':'canary-1'}")
					.with("", Map.of("AB", "app.wrong", "A_B", "app.key"))
					.gives("app.key", "canary-1"),
				row("key that has the exact name beside one that only resembles it",
						"{'AB':'canary-1','A_B':'canary-2'}")
					.with("", Map.of("AB", "app.key"))
					.gives("app.key", "canary-1", "A_B", "canary-2"),
				row("other name, in another case", "{'STRIPE_KEY':'canary-1'}").with("", Map.of("stripekey", "app.key"))
					.gives("STRIPE_KEY", "canary-1"),
				row("other name of a nested key", "{'db':{'password':'canary-1','user':'canary-2'}}")
					.with("", Map.of("db.password", "app.password"))
					.gives("app.password", "canary-1", "db.user", "canary-2"),
				row("other name of an element", "{'hosts':['canary-0','canary-1']}")
					.with("", Map.of("hosts[1]", "app.standby"))
					.gives("hosts[0]", "canary-0", "app.standby", "canary-1"),
				row("other name of a key with blanks", "{'api key':'canary-1'}").with("", Map.of("api key", "app.key"))
					.gives("app.key", "canary-1"),
				row("other name of a non-ASCII key", "{'ключ':'canary-1'}").with("", Map.of("ключ", "app.key"))
					.gives("app.key", "canary-1"),
				row("keys that are not named keep theirs", "{'A':'canary-1','B':'canary-2'}")
					.with("", Map.of("B", "app.b"))
					.gives("A", "canary-1", "app.b", "canary-2"),
				row("name for a key that is not there", "{'A':'canary-1'}").with("", Map.of("B", "app.b"))
					.gives("A", "canary-1"),
				row("other name of an object does nothing to its members", "{'a':{'b':'canary-1'}}")
					.with("", Map.of("a", "app"))
					.gives("a.b", "canary-1"),
				row("other name and prefix", "{'A':'canary-1','B':'canary-2'}").with("billing.", Map.of("A", "key"))
					.gives("billing.key", "canary-1", "billing.B", "canary-2"),
				row("other name for text", "canary-1").with("", Map.of(SEGMENT, "spring.datasource.password"))
					.gives("spring.datasource.password", "canary-1"),
				row("all rules and format text", "{canary-1")
					.with(new MappingRules("x.", Map.of(SEGMENT, "y"), SecretFormat.TEXT))
					.gives("x.y", "{canary-1"));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("names")
	void whenSecretIsTextThenPropertyHasLastSegmentOfFriendlyName(String secretName, String propertyName) {
		assertThat(this.mapper.map(text(secretName, "canary-1"), AUTO).properties())
			.isEqualTo(Map.of(propertyName, "canary-1"));
	}

	static Stream<Arguments> names() {
		return Stream.of(names("jdbc-url", "jdbc-url"), names("myapp/prod/jdbc-url", "jdbc-url"),
				names("/jdbc-url", "jdbc-url"), names("myapp/jdbc-url/", "jdbc-url"),
				names("myapp/jdbc-url///", "jdbc-url"), names("jdbc-url/", "jdbc-url"), names("a//b", "b"),
				names("myapp/JDBC_URL", "JDBC_URL"), names("myapp/jdbc.url@v1+x=y", "jdbc.url@v1+x=y"),
				names("myapp/rds!db-canary", "rds!db-canary"));
	}

	@Test
	void whenSecretIsBinaryThenPropertyIsTheSameBytes() {
		byte[] bytes = "{\"a\":\"canary-1\"}".getBytes(StandardCharsets.UTF_8);
		Map<String, Object> properties = this.mapper.map(SecretValue.ofBytes(version("myapp/keystore"), bytes), AUTO)
			.properties();
		assertThat(properties).containsOnlyKeys("keystore");
		assertThat(properties.get("keystore")).isSameAs(bytes);
	}

	@Test
	void whenSecretIsBinaryThenPrefixAndOtherNameApplyWhateverTheFormat() {
		byte[] bytes = { 0, -1, 2 };
		for (SecretFormat format : SecretFormat.values()) {
			MappingRules rules = new MappingRules("tls.", Map.of("keystore", "store"), format);
			Map<String, Object> properties = this.mapper
				.map(SecretValue.ofBytes(version("myapp/keystore"), bytes), rules)
				.properties();
			assertThat(properties).containsOnlyKeys("tls.store");
			assertThat(properties.get("tls.store")).isSameAs(bytes);
		}
	}

	@Test
	void whenBytesAreEmptyThenPropertyIsEmptyBytes() {
		assertThat(this.mapper.map(SecretValue.ofBytes(version("myapp/empty"), new byte[0]), AUTO).properties())
			.containsOnlyKeys("empty");
	}

	@Test
	void whenMalformedThenMessageSaysWhere() {
		assertThatExceptionOfType(MalformedSecretException.class)
			.isThrownBy(() -> this.mapper.map(text(NAME, "{\n\"a\":\"canary-1\",\n\"b\":?}"), AUTO))
			.withMessageMatching("JSON does not parse at line 3, column \\d+");
	}

	@Test
	void whenOneTextWasMalformedThenNextOneIsMapped() {
		assertThatExceptionOfType(MalformedSecretException.class)
			.isThrownBy(() -> this.mapper.map(text(NAME, "{\"a\":\"canary-1"), AUTO));
		assertThat(this.mapper.map(text(NAME, "{\"b\":\"canary-2\"}"), AUTO).properties())
			.isEqualTo(Map.of("b", "canary-2"));
	}

	@Test
	void whenMapOfRulesChangesThenRulesDoNot() {
		Map<String, String> keys = new LinkedHashMap<>(Map.of("A", "a"));
		MappingRules rules = new MappingRules("", keys, SecretFormat.AUTO);
		keys.put("A", "b");
		assertThat(rules.keys()).isEqualTo(Map.of("A", "a"));
	}

	@Test
	void whenTableIsCountedThenItHasAtLeastSixtyRowsWithNamesOfTheirOwnAndWithoutValues() {
		List<Row> rows = new ArrayList<>();
		Stream.of(objects(), scalars(), keys(), duplicates(), texts(), malformed(), formats(), large(), rules())
			.forEach((part) -> part.forEach(rows::add));
		assertThat(rows).hasSizeGreaterThan(60).extracting(Row::toString).doesNotHaveDuplicates();
		assertThat(rows).noneMatch((row) -> row.toString().contains("canary"));
	}

	private static SecretValue text(String name, String text) {
		return SecretValue.ofText(version(name), text);
	}

	private static SecretVersion version(String name) {
		return new SecretVersion(name, "arn:aws:secretsmanager:eu-central-1:123456789012:secret:" + name + "-a1B2c3",
				"v1", List.of("AWSCURRENT"), null);
	}

	private static Arguments names(String secretName, String propertyName) {
		return Arguments.of(secretName, propertyName);
	}

	private static String nested(int levels) {
		return "{'a':".repeat(levels) + "'canary-1'" + "}".repeat(levels);
	}

	private static String object(int keys) {
		return IntStream.range(0, keys)
			.mapToObj((i) -> "'KEY_" + i + "':'canary-" + i + "'")
			.collect(Collectors.joining(",", "{", "}"));
	}

	private static String[] properties(int keys) {
		return IntStream.range(0, keys)
			.boxed()
			.flatMap((i) -> Stream.of("KEY_" + i, "canary-" + i))
			.toArray(String[]::new);
	}

	/** A row whose text is written with single instead of double quotes. */
	private static Row row(String description, String text) {
		return rawRow(description, text.replace('\'', '"'));
	}

	private static Row rawRow(String description, String text) {
		return new Row(description, text, AUTO, Map.of(), null);
	}

	private record Row(String description, String text, MappingRules rules, Map<String, Object> properties,
			String failure) {

		Row with(MappingRules rules) {
			return new Row(this.description, this.text, rules, this.properties, this.failure);
		}

		Row with(String prefix, Map<String, String> keys) {
			return with(new MappingRules(prefix, keys, SecretFormat.AUTO));
		}

		Row gives(String... namesAndValues) {
			Map<String, Object> properties = new LinkedHashMap<>();
			for (int i = 0; i < namesAndValues.length; i += 2) {
				properties.put(namesAndValues[i], namesAndValues[i + 1]);
			}
			return new Row(this.description, this.text, this.rules, properties, null);
		}

		Row givesItself() {
			return gives(SEGMENT, this.text);
		}

		Row fails(String message) {
			return new Row(this.description, this.text, this.rules, Map.of(), Pattern.quote(message));
		}

		Row failsAt(int line, int column) {
			return fails("JSON does not parse at line " + line + ", column " + column);
		}

		/** The place that the parser names is of no interest, only that it names one. */
		Row failsSomewhere() {
			return new Row(this.description, this.text, this.rules, Map.of(),
					"JSON does not parse at line \\d+, column \\d+");
		}

		/** The description alone: display names and reports must not show a value. */
		@Override
		public String toString() {
			return this.description;
		}

	}

}
