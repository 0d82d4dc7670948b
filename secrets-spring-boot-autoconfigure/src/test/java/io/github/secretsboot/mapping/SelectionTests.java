package io.github.secretsboot.mapping;

import java.util.List;
import java.util.Map;

import io.github.secretsboot.SecretVersion;
import io.github.secretsboot.fetch.SecretValue;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests which keys of a secret become properties.
 */
class SelectionTests {

	private final SecretMapper mapper = new SecretMapper();

	@Test
	void whenKeyConfiguresTheFrameworkThenItIsLeftOutAndNamed() {
		MappedSecret mapped = map(rules("", Map.of()), "{'a':'canary-1','spring.main.sources':'canary-2',"
				+ "'spring':{'main':{'sources':['canary-3']},'datasource':{'password':'canary-4'}}}");
		assertThat(mapped.properties()).containsOnlyKeys("a", "spring.datasource.password");
		assertThat(mapped.leftOut().ignored()).containsExactly("spring.main.sources", "spring.main.sources[0]");
	}

	@Test
	void whenApplicationWritesTheNameThenItIsTaken() {
		String text = "{'MODE':'canary-1','engine':'canary-2'}";
		assertThat(map(rules("", Map.of("MODE", "spring.main.banner-mode")), text).properties())
			.containsOnlyKeys("spring.main.banner-mode", "engine");
		assertThat(map(rules("spring.datasource.", Map.of()), text).properties())
			.containsOnlyKeys("spring.datasource.MODE", "spring.datasource.engine");
		assertThat(map(rules("MANAGEMENT_", Map.of()), text).properties()).containsOnlyKeys("MANAGEMENT_MODE",
				"MANAGEMENT_engine");
		assertThat(map(rules("", Map.of(), "spring.main.banner-mode"), "{'SPRING_MAIN_BANNERMODE':'canary-1'}")
			.properties()).containsOnlyKeys("SPRING_MAIN_BANNERMODE");
	}

	@Test
	void whenPrefixDoesNotLeadThereByItselfThenTheKeyIsLeftOut() {
		assertThat(map(rules("s", Map.of()), "{'pring.main.sources':'canary-1'}").properties()).isEmpty();
		assertThat(map(rules("spring", Map.of()), "{'.main.sources':'canary-1'}").properties()).isEmpty();
		assertThat(map(rules("de", Map.of()), "{'bug':'canary-1'}").properties()).isEmpty();
		assertThat(map(rules("billing.", Map.of()), "{'spring.main.sources':'canary-1'}").properties())
			.containsOnlyKeys("billing.spring.main.sources");
	}

	@Test
	void whenKeyIsRenamedThenTheSameNameAsAKeyIsStillLeftOut() {
		MappedSecret mapped = map(rules("", Map.of("MODE", "spring.main.banner-mode")),
				"{'MODE':'canary-1','spring.main.banner-mode':'canary-2'}");
		assertThat(mapped.properties()).isEqualTo(Map.of("spring.main.banner-mode", "canary-1"));
		assertThat(mapped.leftOut().ignored()).containsExactly("spring.main.banner-mode");
	}

	@Test
	void whenTextIsOfTheFrameworkByTheNameOfItsSecretThenItIsLeftOut() {
		assertThat(
				this.mapper.map(SecretValue.ofText(version("myapp/logging.config"), "canary-1"), MappingRules.DEFAULT)
					.leftOut()
					.ignored())
			.containsExactly("logging.config");
		assertThat(this.mapper
			.map(SecretValue.ofBytes(version("myapp/spring.main.sources"), new byte[3]), MappingRules.DEFAULT)
			.properties()).isEmpty();
	}

	@Test
	void whenOnlyNamesKeysThenTheOthersAreLeftOutAndWhatIsMissingIsKnown() {
		MappedSecret mapped = map(only("", "A", "db", "MISSING"),
				"{'A':'canary-1','AB':'canary-2','db':{'user':'canary-3','hosts':['canary-4']},'dbx':'canary-5'}");
		assertThat(mapped.properties()).containsOnlyKeys("A", "db.user", "db.hosts[0]");
		assertThat(mapped.leftOut().missing()).containsExactly("MISSING");
		assertThat(mapped.leftOut().unasked()).containsExactly("AB", "dbx");
		assertThat(mapped.leftOut().ignored()).isEmpty();
	}

	@Test
	void whenOnlyNamesAKeyOfTheFrameworkThenItIsStillLeftOut() {
		assertThat(map(only("", "spring.main.sources"), "{'spring.main.sources':'canary-1'}").leftOut().ignored())
			.containsExactly("spring.main.sources");
	}

	@Test
	void whenOnlyNarrowsADatabaseSecretThenTheOtherKeysDoNotCount() {
		String text = "{'engine':'postgres','host':'db','port':5432,'username':'app','password':'canary-1',"
				+ "'dbname':'orders'}";
		MappingRules rules = new MappingRules("", Map.of(), SecretFormat.AUTO, DatabaseTarget.DATASOURCE,
				List.of("username", "password"), AllowedNames.NONE);
		assertThat(map(rules, text).properties())
			.isEqualTo(Map.of("spring.datasource.username", "app", "spring.datasource.password", "canary-1"));
		assertThat(map(rules, text).leftOut().unasked()).containsExactly("engine", "host", "port", "dbname");
	}

	@Test
	void whenKeyIsNoPlainTextThenSecretIsMalformedAndTheKeyIsNotQuoted() {
		for (String key : List.of("a\\nb", "a\\u2028b", "a\\u0085b", "a\\u202eb", "a\\u2066b", "a\\u001b[31m",
				"\\u0000")) {
			for (String json : List.of("{'%s':'x'}", "{'a':{'%s':null}}", "{'a':[{'%s':'x'}]}")) {
				assertThatExceptionOfType(MalformedSecretException.class)
					.isThrownBy(() -> map(MappingRules.DEFAULT, json.formatted(key)))
					.withMessageMatching("JSON has a key with a control character at line 1, column \\d+");
			}
		}
	}

	@Test
	void whenPrintedThenNamesAndValuesAreNotShown() {
		assertThat(map(MappingRules.DEFAULT, "{'a':'canary-1','spring.main.sources':'canary-2'}"))
			.hasToString("MappedSecret[1 properties]");
	}

	private MappedSecret map(MappingRules rules, String json) {
		return this.mapper.map(SecretValue.ofText(version("myapp/api-keys"), json.replace('\'', '"')), rules);
	}

	private static MappingRules rules(String prefix, Map<String, String> keys, String... allow) {
		return new MappingRules(prefix, keys, SecretFormat.AUTO, null, List.of(), new AllowedNames(List.of(allow)));
	}

	private static MappingRules only(String prefix, String... only) {
		return new MappingRules(prefix, Map.of(), SecretFormat.AUTO, null, List.of(only), AllowedNames.NONE);
	}

	private static SecretVersion version(String name) {
		return new SecretVersion(name, "arn:aws:secretsmanager:eu-central-1:123456789012:secret:" + name + "-a1B2c3",
				"v1", List.of("AWSCURRENT"), null);
	}

}
