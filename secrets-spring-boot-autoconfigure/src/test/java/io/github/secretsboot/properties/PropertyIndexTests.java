package io.github.secretsboot.properties;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.secretsboot.SecretVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PropertyIndex}.
 */
class PropertyIndexTests {

	private final List<PositionedSnapshot> snapshots = new ArrayList<>();

	@Test
	void whenThereAreNoSecretsThenNothingIsFound() {
		assertThat(index().find("stripe.key")).isNull();
		assertThat(index().properties()).isEmpty();
		assertThat(index().additionalNames(Set.of("my-app"))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "STRIPE_SECRET_KEY", "stripe.secret.key", "stripe.secret-key", "stripe-secret-key",
			"stripe_secret_key", "Stripe.Secret-Key", "STRIPE.SECRET.KEY", "stripe-secret.key" })
	void whenNameIsOfAVariableThenItsSpellingsAreFound(String name) {
		secret("api-keys", 0, "STRIPE_SECRET_KEY", "canary-1");
		assertThat(value(name)).isEqualTo("canary-1");
		assertThat(index().find(name).name()).isEqualTo("STRIPE_SECRET_KEY");
	}

	@ParameterizedTest
	@ValueSource(strings = { "stripe.secretkey", "stripesecretkey", "stripe.secret", "stripe", "stripe.secret.key.more",
			"stripe secret key", "stripe/secret/key", "", "STRIPE_SECRET_KEYS", "ключ" })
	void whenNameIsOfAVariableThenOtherNamesAreNotFound(String name) {
		secret("api-keys", 0, "STRIPE_SECRET_KEY", "canary-1");
		assertThat(value(name)).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "MY_LIST_0,my.list[0]", "MY_LIST_0_NAME,my.list[0].name", "MY_LIST_0_1,my.list[0][1]",
			"MYLIST_0,my-list[0]", "MYAPP_TOKEN,my-app.token", "MY_APP_TOKEN,my-app.token", "TOKEN,token",
			"api_token,api.token", "api_token,API_TOKEN", "api_token,api-token", "Api_Token,api.token",
			"billing.STRIPE_KEY,billing.stripe.key", "billing.STRIPE_KEY,billing.stripe-key",
			"billing.STRIPE_KEY,BILLING_STRIPE_KEY", "billing-api.STRIPE_KEY,billing-api.stripe-key", "MY__KEY,my.key",
			"MY_KEY_,my.key", "_MY_KEY,my.key" })
	void whenNameIsOfAVariableThenOtherSpellingIsFound(String key, String name) {
		secret("api-keys", 0, key, "canary-1");
		assertThat(value(key)).isEqualTo("canary-1");
		assertThat(value(name)).isEqualTo("canary-1");
	}

	@ParameterizedTest
	@CsvSource({ "stripe.key,STRIPE_KEY", "stripe.key,stripe-key", "stripe.secret-key,stripe.secretkey",
			"stripeKey,stripekey", "token,TOKEN", "a[0],A_0", "a key,A_KEY" })
	void whenNameIsNotOfAVariableThenOnlyItselfIsFound(String key, String other) {
		secret("api-keys", 0, key, "canary-1");
		assertThat(value(key)).isEqualTo("canary-1");
		assertThat(value(other)).isNull();
		assertThat(index().additionalNames(Set.of())).isEmpty();
	}

	@Test
	void whenExactNameAndSpellingExistThenExactNameIsFound() {
		secret("api-keys", 0, "STRIPE_KEY", "canary-1", "stripe.key", "canary-2");
		assertThat(value("STRIPE_KEY")).isEqualTo("canary-1");
		assertThat(value("stripe.key")).isEqualTo("canary-2");
		assertThat(index().collisions()).isEmpty();
	}

	@Test
	void whenTwoEntriesDefineNameThenLaterWinsAndCollisionIsReported() {
		secret("first", 0, "token", "canary-1");
		secret("second", 1, "token", "canary-2");
		assertThat(value("token")).isEqualTo("canary-2");
		assertThat(index().collisions()).containsExactly(new Collision("token", "first", "second"));
	}

	@ParameterizedTest
	@CsvSource({ "STRIPE_KEY,stripe.key", "stripe.key,STRIPE_KEY", "STRIPE_KEY,stripe-key", "stripe-key,STRIPE_KEY",
			"STRIPE_KEY,stripe_key", "MYAPP_KEY,my-app.key", "my-app.key,MYAPP_KEY", "my-app.key,myApp.key",
			"myApp.key,my-app.key", "token,TOKEN", "TOKEN,token", "MY_LIST_0,my.list[0]", "my.list[0],MY_LIST_0" })
	void whenTwoEntriesDefineTheSameInTwoSpellingsThenLaterWinsUnderBoth(String first, String second) {
		secret("first", 0, first, "canary-1");
		secret("second", 1, second, "canary-2");
		assertThat(value(first)).isEqualTo("canary-2");
		assertThat(value(second)).isEqualTo("canary-2");
		assertThat(index().collisions()).containsExactly(new Collision(second, "first", "second"));
	}

	@ParameterizedTest
	@CsvSource({ "my-app.token,my.app.token", "my.app.token,my-app.token", "stripe.key,stripe.keys",
			"stripe.secretkey,STRIPE_SECRET_KEY", "a key,a.key" })
	void whenTwoEntriesDefineDifferentNamesThenEachKeepsItsValue(String first, String second) {
		secret("first", 0, first, "canary-1");
		secret("second", 1, second, "canary-2");
		assertThat(value(first)).isEqualTo("canary-1");
		assertThat(value(second)).isEqualTo("canary-2");
		assertThat(index().collisions()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "spring-main.sources,SPRING_MAIN_SOURCES", "spring-main-sources,SPRING_MAIN_SOURCES" })
	void whenNameIsNotOfTheFrameworkThenItDoesNotTakeAPropertyOfTheFrameworkOver(String other, String name) {
		secret("first", 0, name, "canary-1");
		secret("second", 1, other, "canary-2");
		assertThat(value(name)).isEqualTo("canary-1");
		assertThat(value("spring.main.sources")).isEqualTo("canary-1");
		assertThat(value(other)).isEqualTo("canary-2");
	}

	@Test
	void whenLaterVariableStandsForTwoNamesThenItWinsUnderBoth() {
		secret("first", 0, "my-app.token", "canary-1", "my.app.token", "canary-2");
		secret("second", 1, "MY_APP_TOKEN", "canary-3");
		assertThat(value("my-app.token")).isEqualTo("canary-3");
		assertThat(value("my.app.token")).isEqualTo("canary-3");
		assertThat(index().collisions()).hasSize(1);
	}

	@Test
	void whenVariableIsOverriddenThenNoSpellingHasItsValueAnyMore() {
		secret("first", 0, "STRIPE_KEY", "canary-1");
		secret("second", 1, "stripe.key", "canary-2");
		assertThat(List.of("STRIPE_KEY", "stripe.key", "stripe-key", "stripe_key", "Stripe.Key"))
			.extracting(this::value)
			.containsOnly("canary-2");
	}

	@Test
	void whenThreeEntriesDefineTheSameThenLastWinsUnderAllSpellings() {
		secret("first", 0, "STRIPE_KEY", "canary-1");
		secret("second", 1, "stripe.key", "canary-2");
		secret("third", 2, "stripe.key", "canary-3");
		assertThat(value("STRIPE_KEY")).isEqualTo("canary-3");
		assertThat(value("stripe.key")).isEqualTo("canary-3");
		assertThat(index().collisions()).containsExactly(new Collision("stripe.key", "first", "second"),
				new Collision("stripe.key", "second", "third"));
	}

	@Test
	void whenOneEntryHasBothSpellingsThenLaterOneWinsUnderBothAndIsReportedOnce() {
		secret("first", 0, "STRIPE_KEY", "canary-1", "stripe.key", "canary-2");
		secret("second", 1, "stripe.key", "canary-3");
		assertThat(value("STRIPE_KEY")).isEqualTo("canary-3");
		assertThat(value("stripe.key")).isEqualTo("canary-3");
		assertThat(index().collisions()).containsExactly(new Collision("stripe.key", "first", "second"));
	}

	@Test
	void whenLaterEntryHasBothSpellingsThenEachKeepsItsOwnAndCollisionIsReportedOnce() {
		secret("first", 0, "STRIPE_KEY", "canary-1");
		secret("second", 1, "STRIPE_KEY", "canary-2", "stripe.key", "canary-3");
		assertThat(value("STRIPE_KEY")).isEqualTo("canary-2");
		assertThat(value("stripe.key")).isEqualTo("canary-3");
		assertThat(index().collisions()).containsExactly(new Collision("STRIPE_KEY", "first", "second"));
	}

	@Test
	void whenSourcesOfOneEntryDefineTheSameThenLaterWinsAndNothingIsReported() {
		secret("app/default", 0, "STRIPE_KEY", "canary-1");
		secret("app/production", 0, "stripe.key", "canary-2");
		assertThat(value("STRIPE_KEY")).isEqualTo("canary-2");
		assertThat(value("stripe.key")).isEqualTo("canary-2");
		assertThat(index().collisions()).isEmpty();
	}

	@Test
	void whenNamesAreOfVariablesThenDottedNamesAreListed() {
		secret("api-keys", 0, "STRIPE_SECRET_KEY", "canary-1", "MY_LIST_0_NAME", "canary-2", "MY_LIST_10", "canary-3",
				"billing.STRIPE_KEY", "canary-4", "TOKEN", "canary-5", "db.password", "canary-6", "_", "canary-7",
				"0_A", "canary-8");
		assertThat(index().additionalNames(Set.of())).containsExactly("stripe.secret.key", "my.list[0].name",
				"my.list[10]", "billing.stripe.key");
	}

	@Test
	void whenDottedNameExistsThenItIsNotListedTwice() {
		secret("api-keys", 0, "STRIPE_KEY", "canary-1", "stripe.key", "canary-2");
		assertThat(index().additionalNames(Set.of())).isEmpty();
	}

	@Test
	void whenDashedParentIsKnownThenNamesBelowItAreListed() {
		secret("api-keys", 0, "MY_APP_CONFIG_TOKEN", "canary-1", "MY_APP_NAME", "canary-2", "MY__APP_X", "canary-3");
		assertThat(index().isDashedParent("my-app")).isTrue();
		assertThat(index().isDashedParent("my.app-config")).isTrue();
		assertThat(index().isDashedParent("my.app")).isFalse();
		assertThat(index().isDashedParent("my-app.name")).isFalse();
		assertThat(index().isDashedParent("your-app")).isFalse();
		assertThat(index().additionalNames(Set.of("my-app"))).containsExactlyInAnyOrder("my.app.config.token",
				"my.app.name", "my.app.x", "my-app.config.token", "my-app.name");
	}

	@Test
	void whenNamesAreListedThenEachIsFound() {
		secret("api-keys", 0, "A__B_0", "canary-1", "_A_B", "canary-2", "a.B_C_", "canary-3", "x-y.Z_0_W", "canary-4");
		PropertyIndex index = index();
		assertThat(index.additionalNames(Set.of("a-b", "x-y"))).isNotEmpty()
			.allMatch((name) -> index.find(name) != null);
	}

	@Test
	void whenPropertyIsFoundThenItKnowsItsSecret() {
		secret("first", 0, "TOKEN", "canary-1");
		Property property = index().find("token");
		assertThat(property.snapshot().secretName()).isEqualTo("first");
		assertThat(property.value()).isEqualTo("canary-1");
	}

	@Test
	void whenTextQuotesAValueThenItIsNoticedUnlessTheValueIsVeryShort() {
		secret("api-keys", 0, "token", "canary-1", "flag", "no", "empty", "");
		assertThat(index().isQuotedIn("failed on 'canary-1'")).isTrue();
		assertThat(index().isQuotedIn("failed on 'canary-2', no")).isFalse();
	}

	@Test
	void whenTextQuotesAnEscapedValueThenItIsNoticed() {
		secret("api-keys", 0, "token", "canary-${1}");
		assertThat(index().isQuotedIn("failed on 'canary-${1}'")).isTrue();
		assertThat(index().isQuotedIn("failed on 'canary-\\${1}'")).isTrue();
		assertThat(index().quotedIn("failed on 'canary-\\${1}'")).containsExactly("token");
	}

	@Test
	void whenPrintedThenNoNameOrValueIsShown() {
		secret("api-keys", 0, "TOKEN", "canary-1");
		assertThat(index()).hasToString("PropertyIndex[1 properties]");
	}

	private PropertyIndex index() {
		return PropertyIndex.of(this.snapshots);
	}

	private Object value(String name) {
		Property property = index().find(name);
		return (property != null) ? property.value() : null;
	}

	private void secret(String secretName, int position, String... namesAndValues) {
		Map<String, Object> properties = new LinkedHashMap<>();
		for (int i = 0; i < namesAndValues.length; i += 2) {
			properties.put(namesAndValues[i], namesAndValues[i + 1]);
		}
		SecretVersion version = new SecretVersion(secretName, "arn:" + secretName, "v1", List.of(), null);
		this.snapshots
			.add(new PositionedSnapshot(MappedSnapshot.of(secretName, version, properties, Map.of()), position));
	}

}
