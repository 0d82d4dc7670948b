package io.github.secretsboot.holders;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.core.io.JsonStringEncoder;

import org.springframework.web.util.HtmlUtils;
import org.springframework.web.util.UriUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Properties that finding has for whatever values and texts.
 */
class ValueFinderPropertiesTests {

	@Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
	void whenValueIsEncodedThenItIsFound(@ForAll("values") String value, @ForAll String before, @ForAll String after) {
		ValueFinder finder = SoughtValues.of(Map.of("a", value), List.of()).finder();
		for (String text : List.of(before + value + after, base64(before + value + after),
				Base64.getUrlEncoder().withoutPadding().encodeToString(utf8(before + value + after)),
				"https://x/?q=" + URLEncoder.encode(value, StandardCharsets.UTF_8) + "&after",
				"https://x/" + UriUtils.encodePathSegment(value, StandardCharsets.UTF_8),
				new String(JsonStringEncoder.getInstance().quoteAsCharArray("{" + value + "}")),
				"<p>" + HtmlUtils.htmlEscape(value, "UTF-8") + "</p>",
				"<p>" + HtmlUtils.htmlEscapeHex(value) + "</p>")) {
			assertThat(finder.find(text)).isPresent();
		}
	}

	@Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
	void whenTextDoesNotHaveValueThenItIsNotFound(@ForAll("values") String value, @ForAll String text) {
		ValueFinder finder = SoughtValues.of(Map.of("a", value), List.of()).finder();
		assertThat(finder.find(text)).isEmpty();
		assertThat(finder.find(base64(text))).isEmpty();
	}

	@Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
	void whenPiecesOverlapThenAllAreFound(@ForAll("pieces") List<String> pieces, @ForAll("overlapping") String text) {
		FragmentIndex index = new FragmentIndex(
				pieces.stream().<Fragment>map(ValueFinderPropertiesTests::plain).toList());
		List<String> found = new ArrayList<>();
		index.search(text, (fragment, start) -> found.add(fragment.text() + start));
		List<String> expected = new ArrayList<>();
		for (int end = 0; end <= text.length(); end++) {
			for (String piece : pieces) {
				if (text.startsWith(piece, end - piece.length())) {
					expected.add(piece + (end - piece.length()));
				}
			}
		}
		assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
	}

	@Provide
	Arbitrary<String> values() {
		return Arbitraries.strings()
			.withChars("abcXYZ019 /+%&\"'\\<>=:;äß€")
			.ofMinLength(16)
			.ofMaxLength(40)
			.filter((value) -> value.equals(value.strip()) && Reach.of(value) == Reach.ANYWHERE);
	}

	@Provide
	Arbitrary<String> overlapping() {
		return Arbitraries.strings().withChars("ab").ofMinLength(6).ofMaxLength(30);
	}

	@Provide
	Arbitrary<List<String>> pieces() {
		return overlapping().list().ofMaxSize(20);
	}

	private static PlainFragment plain(String text) {
		return new PlainFragment(SoughtValue.of("a", text), text);
	}

	private static String base64(String text) {
		return Base64.getEncoder().encodeToString(utf8(text));
	}

	private static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
