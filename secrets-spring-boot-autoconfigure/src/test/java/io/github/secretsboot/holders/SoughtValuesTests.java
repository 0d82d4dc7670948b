package io.github.secretsboot.holders;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests where which values are looked for.
 */
class SoughtValuesTests {

	@ParameterizedTest
	@ValueSource(strings = { "true", "5432", "27017", "5671", "admin", "guest", "localhost", "postgres", "production",
			"1234567", "PASSWORD", "a", "us-east-1" })
	void whenValueIsShortOrCommonThenItIsNotLookedForAndNamed(String value) {
		SoughtValues values = SoughtValues.of(Map.of("db.value", value), List.of());
		assertThat(values.finder().find(value)).isEmpty();
		assertThat(values.unsought()).containsExactly("db.value");
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			# six or seven characters, or letters only: as a whole, and as a password
			s3cr3t;        s3cr3t;                                true
			s3cr3t;        password=s3cr3t;                       false
			s3cr3t;        Basic YXBwOnMzY3IzdA==;                true
			s3cr3t;        Basic YXBwczpzM2NyM3Q=;                true
			s3cr3t;        Basic YXBwOnMzY3IzdHM=;                false
			s3cr3t;        Basic czNjcjN0OmFwcA==;                false
			ordersservice; ordersservice;                         true
			ordersservice; jdbc:postgresql://db/ordersservice;    false
			# shorter than 16: not inside a word
			orders-1;      orders-1;                              true
			orders-1;      jdbc:postgresql://db/orders-1?ssl=on;  true
			orders-1;      jdbc:postgresql://db/orders-12;        false
			orders-1;      preorders-1;                           false
			# longer: everywhere
			orders-service-1; xorders-service-12;                 true
			""", delimiter = ';')
	void whenValueIsLongerThenItIsLookedForInMorePlaces(String value, String text, boolean found) {
		SoughtValues values = SoughtValues.of(Map.of("db.value", value), List.of());
		assertThat(values.finder().find(text).isPresent()).isEqualTo(found);
		assertThat(values.unsought()).isEmpty();
	}

	@Test
	void whenLongerValueExplainsTheTextThenShorterOneIsNotFound() {
		SoughtValues values = SoughtValues.of(Map.of("old", "canary-2025-password"), List.of("canary-2025-password-2"));
		assertThat(values.finder().find("canary-2025-password-2")).isEmpty();
		assertThat(values.finder().find("Bearer canary-2025-password-2")).isEmpty();
		assertThat(values.finder().find(encode("app:canary-2025-password-2"))).isEmpty();
		assertThat(values.finder().find("canary-2025-password")).isPresent();
		assertThat(values.finder().find("canary-2025-password-2, canary-2025-password")).isPresent();
	}

	@Test
	void whenValueOnlyExplainsThenItIsNotFound() {
		assertThat(SoughtValues.of(Map.of(), List.of("canary-current")).finder().find("canary-current")).isEmpty();
	}

	@Test
	void whenValueIsInUseElsewhereThenItIsNotLookedForAndNamed() {
		SoughtValues values = SoughtValues.of(Map.of("old", "canary-same"), List.of("canary-same"));
		assertThat(values.finder().find("canary-same")).isEmpty();
		assertThat(values.unsought()).containsExactly("old");
	}

	@Test
	void whenPropertiesHaveTheSameValueThenAllAreNamed() {
		SoughtValues values = SoughtValues.of(Map.of("a", "canary-same", "b", "canary-same"), List.of());
		assertThat(values.finder().find("canary-same")).contains(new Match(Set.of("a", "b"), ValueForm.WHOLE));
	}

	@Test
	void whenTextHasBothThenPlainFormIsNamed() {
		SoughtValues values = SoughtValues.of(Map.of("a", "canary-form"), List.of());
		assertThat(form(values, "Bearer canary-form, Basic " + encode("app:canary-form"))).contains(ValueForm.PART);
	}

	@Test
	void whenValueIsNotAsciiThenItIsFoundAsTextAndAsBytes() {
		SoughtValues values = SoughtValues.of(Map.of("a", "canary-pässwörd-€"), List.of());
		assertThat(form(values, "canary-pässwörd-€")).contains(ValueForm.WHOLE);
		assertThat(form(values, latin1("canary-pässwörd-€".getBytes(StandardCharsets.UTF_8))))
			.contains(ValueForm.WHOLE);
		assertThat(form(values, encode("app:canary-pässwörd-€"))).contains(ValueForm.BASE64);
		assertThat(form(values, "canary-p%C3%A4ssw%C3%B6rd-%E2%82%AC")).contains(ValueForm.ESCAPED);
	}

	@Test
	void whenValueIsBinaryThenItIsFoundAsBytesAndAsBase64() {
		byte[] bytes = { 0, 1, 2, 3, -1, -2, -3, -4, 9, 10, 13, 32, 0x7f, -128, 5, 6, 7 };
		SoughtValues values = SoughtValues.of(Map.of("key-store", bytes), List.of());
		assertThat(form(values, latin1(bytes))).contains(ValueForm.WHOLE);
		assertThat(form(values, "base64:" + Base64.getEncoder().encodeToString(bytes))).contains(ValueForm.BASE64);
	}

	@Test
	void whenBinaryValueIsTextThenItIsFoundAsText() {
		SoughtValues values = SoughtValues.of(Map.of("a", "canary-binary".getBytes(StandardCharsets.UTF_8)), List.of());
		assertThat(form(values, "canary-binary")).contains(ValueForm.WHOLE);
	}

	@Test
	void whenValueIsEmptyThenItIsNeitherFoundNorNamed() {
		SoughtValues values = SoughtValues.of(Map.of("a", "", "b", " \n"), List.of());
		assertThat(values.finder().find("")).isEmpty();
		assertThat(values.unsought()).isEmpty();
	}

	@Test
	void whenPrintedThenNoValueIsShown() {
		SoughtValues values = SoughtValues.of(Map.of("a", "canary-printed"), List.of("canary-other"));
		assertThat(values).hasToString("2 values");
		assertThat(SoughtValue.of("a", "canary-printed").fragments()).extracting(Object::toString)
			.allMatch("Value of [a]"::equals);
	}

	private static Optional<ValueForm> form(SoughtValues values, String text) {
		return values.finder().find(text).map(Match::form);
	}

	private static String latin1(byte[] bytes) {
		return new String(bytes, StandardCharsets.ISO_8859_1);
	}

	private static String encode(String text) {
		return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

}
