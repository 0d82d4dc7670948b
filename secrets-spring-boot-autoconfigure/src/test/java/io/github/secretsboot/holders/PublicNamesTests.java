package io.github.secretsboot.holders;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests which names of beans and keys of maps a report shows.
 */
class PublicNamesTests {

	private final PublicNames names = new PublicNames(
			SoughtValues.of(Map.of("a", "canary-sought", "b", "abc"), List.of("canary-other", "orders")));

	@ParameterizedTest(name = "{index}")
	@ValueSource(strings = { "github", "sasl.jaas.config", "X-Api-Key", "Authorization", "my_key", "db:1", "a/b",
			"com.example.Foo$Bar", "eu-central-1" })
	void whenKeyIsNameThenItIsShown(String key) {
		assertThat(this.names.of(key)).isEqualTo(key);
	}

	@ParameterizedTest(name = "{index}")
	@ValueSource(strings = { "canary-sought", "x-canary-sought-x", "canary-other", "orders", "preorders", "abc",
			"YS1jYW5hcnktc291Z2h0LXg", "ada@example.com", "12345", "", "two\nlines", "ünïcode",
			"0123456789abcdef0123456789abcdef", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" })
	void whenKeyIsDataOrHasValueThenItIsHidden(String key) {
		assertThat(this.names.of(key)).isEqualTo("*");
	}

	@Test
	void whenKeyIsObjectThenItIsHiddenUnlessItHasNothingButName() {
		assertThat(this.names.of(Thread.State.BLOCKED)).isEqualTo("BLOCKED");
		assertThat(this.names.of(String.class)).isEqualTo("java.lang.String");
		assertThat(this.names.of(7)).isEqualTo("7");
		assertThat(this.names.of(UUID.randomUUID())).isEqualTo("*");
		assertThat(this.names.of(List.of("github"))).isEqualTo("*");
	}

	@Test
	void whenBeanHasNameThenItIsShownUnlessItHasValue() {
		String properties = "spring.mail-org.springframework.boot.mail.autoconfigure.MailProperties";
		assertThat(this.names.ofBean(properties)).isEqualTo(properties);
		assertThat(this.names.ofBean("tenant12345")).isEqualTo("tenant12345");
		assertThat(this.names.ofBean("client-canary-sought")).isEqualTo("*");
		assertThat(this.names.ofBean("two\nlines")).isEqualTo("*");
	}

}
