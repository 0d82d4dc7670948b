package io.github.secretsboot.holders;

import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Stream;

import javax.crypto.spec.SecretKeySpec;

import org.springframework.http.HttpHeaders;
import org.springframework.web.util.UriUtils;

import static io.github.secretsboot.holders.Shape.VALUE;
import static io.github.secretsboot.holders.Shape.found;

/**
 * Texts that have a value.
 */
final class TextShapes {

	private TextShapes() {
	}

	static Stream<Shape> shapes() throws Exception {
		return Stream.of( //
				found("text", VALUE, ""), //
				found("text with a line feed", VALUE + "\n", ""), //
				found("characters", VALUE.toCharArray(), ""), //
				found("bytes", VALUE.getBytes(StandardCharsets.UTF_8), ""), //
				found("StringBuilder", new StringBuilder(VALUE), ""), //
				found("key", new SecretKeySpec(VALUE.getBytes(StandardCharsets.UTF_8), "HmacSHA256"), ""),
				part("header", "Bearer " + VALUE), //
				part("JAAS line", "PlainLoginModule required username=\"app\" password=\"" + VALUE + "\";"),
				part("bytes of a header", ("Bearer " + VALUE).getBytes(StandardCharsets.UTF_8)),
				part("StringBuilder with more", new StringBuilder("key=").append(VALUE)),
				escaped("URI", new URI("redis://app:" + encoded() + "@redis:6379")),
				escaped("URL", url("https://app:" + encoded() + "@partner/path?q#f")),
				escaped("query of a form", "user=app&password=" + encoded()),
				escaped("path segment", "/v1/" + UriUtils.encodePathSegment(VALUE, StandardCharsets.UTF_8)),
				escaped("JSON that escapes slashes", "{\"key\": \"" + VALUE.replace("/", "\\/") + "\"}"),
				escaped("JSON that escapes more", "{\"key\": \"" + VALUE.replace("+", "\\u002b") + "\"}"),
				escaped("HTML", "<p>" + VALUE.replace("+", "&#43;").replace("/", "&#x2f;") + "</p>"),
				base64("Base64", encode(VALUE)), //
				base64("Base64 for URLs",
						Base64.getUrlEncoder().encodeToString(VALUE.getBytes(StandardCharsets.UTF_8))),
				base64("basic authentication", "Basic " + encode("app:" + VALUE)),
				base64("basic authentication of a user with one letter more", "Basic " + encode("apps:" + VALUE)),
				base64("basic authentication of a user with two letters more", "Basic " + encode("apps1:" + VALUE)),
				base64("Base64 of JSON", encode("{\"password\":\"" + VALUE + "\"}")), Shape.found("headers of Spring",
						basicHeaders(), "headers.targetMap.targetMap[Authorization][0]", ValueForm.BASE64));
	}

	private static Shape part(String name, Object text) {
		return found(name, text, "", ValueForm.PART);
	}

	private static Shape escaped(String name, Object text) {
		return found(name, text, "", ValueForm.ESCAPED);
	}

	private static Shape base64(String name, String text) {
		return found(name, text, "", ValueForm.BASE64);
	}

	private static String encoded() {
		return URLEncoder.encode(VALUE, StandardCharsets.UTF_8);
	}

	private static String encode(String text) {
		return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

	private static URL url(String url) throws MalformedURLException {
		return URI.create(url).toURL();
	}

	private static HttpHeaders basicHeaders() {
		HttpHeaders headers = new HttpHeaders();
		headers.setBasicAuth("app", VALUE);
		return headers;
	}

}
