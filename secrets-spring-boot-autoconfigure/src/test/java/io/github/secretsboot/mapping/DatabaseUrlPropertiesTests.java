package io.github.secretsboot.mapping;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import io.github.secretsboot.SecretVersion;
import io.github.secretsboot.fetch.SecretValue;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Properties that every URL of a database has, whatever user name and password are in it.
 */
class DatabaseUrlPropertiesTests {

	private static final SecretVersion VERSION = new SecretVersion("myapp/database",
			"arn:aws:secretsmanager:eu-central-1:123456789012:secret:myapp/database-a1B2c3", "v1", List.of(), null);

	private final SecretMapper mapper = new SecretMapper();

	@Property(tries = 2000, shrinking = ShrinkingMode.BOUNDED)
	void whenLoginIsPercentEncodedThenItComesBack(@ForAll("texts") String username, @ForAll("texts") String password) {
		String url = "postgresql://" + PercentEncoding.encode("u" + username) + ":" + PercentEncoding.encode(password)
				+ "@db:5432/shop?sslmode=require";
		assertThat(map(url))
			.isEqualTo(properties("jdbc:postgresql://db:5432/shop?sslmode=require", username, password));
	}

	@Property(tries = 1000, shrinking = ShrinkingMode.BOUNDED)
	void whenLoginIsInTheQueryThenItComesBack(@ForAll("texts") String username, @ForAll("texts") String password) {
		String login = "user=" + PercentEncoding.encode("u" + username) + "&password="
				+ PercentEncoding.encode(password);
		for (String scheme : List.of("", "jdbc:")) {
			assertThat(map(scheme + "postgresql://db:5432/shop?" + login))
				.isEqualTo(properties("jdbc:postgresql://db:5432/shop", username, password));
		}
	}

	@Property(tries = 1000, shrinking = ShrinkingMode.BOUNDED)
	void whenLoginIsInJsonThenItComesBack(@ForAll("texts") String username, @ForAll("texts") String password) {
		String json = JsonMapper.shared()
			.writeValueAsString(
					Map.of("engine", "mysql", "host", "db", "username", "u" + username, "password", password));
		assertThat(map(json)).isEqualTo(properties("jdbc:mysql://db:3306/", username, password));
	}

	@Property(tries = 5000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
	void whenPasswordIsNotEncodedThenItComesBackOrIsRefusedAndIsNeverInTheUrl(
			@ForAll @CharRange(from = '!', to = '~') @StringLength(min = 1, max = 12) String password) {
		String marked = "canary-" + password.replace('%', '$');
		for (String url : List.of("postgresql://u:" + marked + "@db/shop", "jdbc:mysql://u:" + marked + "@db/shop")) {
			try {
				Map<String, Object> properties = map(url);
				assertThat(String.valueOf(properties.get("spring.datasource.url"))).doesNotContain("canary");
				assertThat(properties.get("spring.datasource.password"))
					.isEqualTo(url.startsWith("jdbc") ? marked.replace('+', ' ') : marked);
			}
			catch (MalformedSecretException ex) {
				assertThat(ex.getMessage()).doesNotContain("canary");
			}
		}
	}

	@Property(tries = 5000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
	void whenTextIsMadeOfPartsOfUrlsThenItIsMappedOrSafelyRefused(@ForAll("urls") String text,
			@ForAll DatabaseTarget target) {
		try {
			Map<String, Object> properties = this.mapper
				.map(SecretValue.ofText(VERSION, text), new MappingRules("", Map.of(), SecretFormat.TEXT, target))
				.properties();
			assertThat(properties.keySet()).allMatch((name) -> name.startsWith("spring."));
		}
		catch (MalformedSecretException ex) {
			assertThat(ex.getMessage()).doesNotContain("canary");
			assertThat(ex.getCause()).isNull();
		}
	}

	@Provide
	Arbitrary<String> texts() {
		return Arbitraries.strings()
			.all()
			.ofMaxLength(20)
			// Half a surrogate pair is no text that UTF-8 could hold
			.map((text) -> new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
	}

	@Provide
	Arbitrary<String> urls() {
		return Arbitraries
			.of("jdbc:", "r2dbc:", "postgresql", "mysql", "sqlserver", "oracle", "db2", "thin", "://", ":", "/", "//",
					"@", "?", ";", "&", "=", "{", "}", "[", "]", "\"", "%", "%41", "%zz", "#", "\\", "+", ",", "user",
					"password", "canary-1", "canary-2", "db", "5432", "99999", "::1", " ", "\n", "(", ")")
			.list()
			.ofMaxSize(16)
			.map((parts) -> String.join("", parts));
	}

	private Map<String, Object> map(String text) {
		MappingRules rules = new MappingRules("", Map.of(), SecretFormat.AUTO, DatabaseTarget.DATASOURCE);
		return this.mapper.map(SecretValue.ofText(VERSION, text), rules).properties();
	}

	private static Map<String, Object> properties(String url, String username, String password) {
		return Map.of("spring.datasource.url", url, "spring.datasource.username", "u" + username,
				"spring.datasource.password", password);
	}

}
