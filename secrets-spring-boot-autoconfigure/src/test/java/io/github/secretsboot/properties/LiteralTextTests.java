package io.github.secretsboot.properties;

import java.util.List;
import java.util.Map;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.util.PropertyPlaceholderHelper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LiteralText}, by what Spring makes of it.
 */
class LiteralTextTests {

	private final StandardEnvironment environment = new StandardEnvironment();

	private final PropertyPlaceholderHelper binder = new PropertyPlaceholderHelper("${", "}", ":", '\\', true);

	@Property(tries = 5000)
	void whenTextIsEscapedThenSpringGivesItBack(@ForAll("texts") String text) {
		String escaped = LiteralText.escape(text);
		this.environment.getPropertySources()
			.addFirst(new MapPropertySource("test",
					Map.of("direct", escaped, "through", "<${direct}>", "chain", "<${through}>")));
		assertThat(this.environment.getProperty("direct")).isEqualTo(text);
		assertThat(this.environment.getProperty("chain")).isEqualTo("<<" + text + ">>");
		assertThat(this.environment.resolveRequiredPlaceholders("a${direct}b")).isEqualTo("a" + text + "b");
		assertThat(this.binder.replacePlaceholders(escaped, (name) -> "resolved")).isEqualTo(text);
		assertThat(this.binder.replacePlaceholders("${x:y}", (name) -> name.equals("x") ? escaped : null))
			.isEqualTo(text);
	}

	@Provide
	Arbitrary<String> texts() {
		return Arbitraries.of("${", "}", "{", "$", "\\", ":", "a", "direct", "#{", "${a}", "${direct}", "\\${a:b}")
			.list()
			.ofMaxSize(12)
			.map((parts) -> String.join("", parts));
	}

	@Test
	void whenThereIsNothingToEscapeThenTextIsTheSame() {
		for (String text : List.of("", "plain", "${", "}${", "#{a}", "$a{b}", "\\")) {
			assertThat(LiteralText.escape(text)).isSameAs(text);
		}
	}

	@Test
	void whenTextIsAsLongAsASecretCanBeThenItIsEscapedInOnePass() {
		String text = "${".repeat(16_384) + "}".repeat(32_768);
		assertThat(LiteralText.escape(text)).hasSize(65_536 + 16_384);
	}

}
