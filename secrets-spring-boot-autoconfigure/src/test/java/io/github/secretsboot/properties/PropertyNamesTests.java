package io.github.secretsboot.properties;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests {@link PropertyNames}.
 */
class PropertyNamesTests {

	@ParameterizedTest
	@CsvSource({ "STRIPE_SECRET_KEY,stripe,true", "STRIPE_SECRET_KEY,stripe.secret,true", "stripe.key,stripe,true",
			"stripe[0],stripe,true", "STRIPE_KEY,'',true", "MY_APP_TOKEN,my-app,true", "my-app.token,my-app,true",
			"myApp.token,my-app,true", "myapp.token,my-app,true", "stripe.[a key],stripe,true",
			"stripe.ключ,stripe,true", "STRIPES_KEY,stripe,false", "stripe,stripe,false", "my.key,stripe,false",
			"stripe.key,ключ,false" })
	void whenPropertyIsComparedWithPrefixThenSpellingDoesNotMatter(String name, String prefix, boolean below) {
		assertThat(PropertyNames.of(List.of(name)).containsAnyBelow(prefix)).isEqualTo(below);
	}

	@Test
	void whenOneOfManyNamesIsBelowPrefixThenItIsFound() {
		PropertyNames names = PropertyNames.of(List.of("stripe.key", "OPENAI_KEY"));
		assertThat(names.containsAnyBelow("openai")).isTrue();
		assertThat(names.containsAnyBelow("github")).isFalse();
		assertThat(names.contains("OPENAI_KEY")).isTrue();
		assertThat(names.contains("openai.key")).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "STRIPE_KEY,STRIPE_KEY,true", "STRIPE_KEY,stripe.key,true", "MY_APP,my-app,true", "my-app,myapp,true",
			"stripe.ключ,stripe.ключ,true", "STRIPE_KEY,stripe,false", "my.key,other.key,false",
			"stripe.key,ключ,false" })
	void whenNameIsLookedForThenSpellingDoesNotMatter(String name, String other, boolean contained) {
		assertThat(PropertyNames.of(List.of(name)).mayContain(other)).isEqualTo(contained);
	}

	@Test
	void whenThereAreNoNamesThenNoneIsBelowTheEmptyPrefix() {
		assertThat(PropertyNames.of(List.of()).containsAnyBelow("")).isFalse();
	}

}
