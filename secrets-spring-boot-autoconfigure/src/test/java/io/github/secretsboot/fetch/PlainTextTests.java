package io.github.secretsboot.fetch;

import java.util.List;

import io.github.secretsboot.FailureReason;
import io.github.secretsboot.SecretVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PlainText}.
 */
class PlainTextTests {

	@ParameterizedTest
	@ValueSource(
			strings = { "", "myapp/api-keys", "a b", "ключ", "é", "😀", "👩‍💻", "\"quoted\\\"", "\ud83d", "\uFEFF" })
	void whenTextIsPlainThenItStays(String text) {
		assertThat(PlainText.is(text)).isTrue();
		assertThat(PlainText.of(text)).isSameAs(text);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 7, '\t', '\n', '\r', 0x1b, 0x7f, 0x80, 0x85, 0x9f, 0x61c, 0x200e, 0x200f, 0x2028, 0x2029,
			0x202a, 0x202e, 0x2066, 0x2069 })
	void whenCharacterIsSpecialThenItIsWrittenOut(int c) {
		String text = "a" + (char) c + "b" + (char) c;
		assertThat(PlainText.is(text)).isFalse();
		String written = "\\u%04x".formatted(c);
		assertThat(PlainText.of(text)).isEqualTo("a" + written + "b" + written);
	}

	@Test
	void whenAwsAnswersThenWhatPeopleReadOfItIsPlain() {
		SecretVersion version = new SecretVersion("a\nb", "arn:\nb", "v\u2028w", List.of("AWS\rCURRENT"), null);
		assertThat(SecretValue.ofText(version, "canary-\n1").version())
			.isEqualTo(new SecretVersion("a\\u000ab", "arn:\\u000ab", "v\\u2028w", List.of("AWS\\u000dCURRENT"), null));
		assertThat(SecretValue.ofText(version, "canary-\n1").text()).isEqualTo("canary-\n1");
		assertThat(new FetchFailure(FailureReason.ACCESS_DENIED, "denied\nby \u202e").detail())
			.isEqualTo("denied\\u000aby \\u202e");
	}

}
