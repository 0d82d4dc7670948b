package io.github.secretsboot.sample;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MaskedKey}.
 */
class MaskedKeyTests {

	@Test
	void whenKeyIsLongThenShowsFourCharactersAtEachEnd() {
		assertThat(MaskedKey.of("sk_test_fake_51Sample7f3a")).isEqualTo("sk_t…7f3a");
	}

	@Test
	void whenKeyIsShortThenShowsNothing() {
		assertThat(MaskedKey.of("sk_test_fake_0001")).isEqualTo("…");
		assertThat(MaskedKey.of("")).isEqualTo("…");
	}

}
