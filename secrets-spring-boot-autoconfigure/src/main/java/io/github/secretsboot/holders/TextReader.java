package io.github.secretsboot.holders;

import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;

import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

/**
 * Reads objects that are a text as a whole. Bytes become the text of the same codes.
 * Longer arrays than a secret can fill are buffers and files: nobody logs in with them.
 */
final class TextReader implements ObjectReader {

	/** Twice the size of the largest secret. */
	private static final int LONGEST_ARRAY = 128 * 1024;

	private static final Map<Class<?>, TextReader> READERS = Map.of( //
			String.class, of(String.class, (text) -> text), //
			StringBuilder.class, of(StringBuilder.class, StringBuilder::toString), //
			char[].class, of(char[].class, TextReader::fromCharacters), //
			byte[].class, of(byte[].class, TextReader::fromBytes), //
			URI.class, of(URI.class, URI::toString), //
			URL.class, of(URL.class, TextReader::fromParts), //
			SecretKeySpec.class, of(SecretKeySpec.class, TextReader::fromKey));

	private final Function<Object, String> text;

	private TextReader(Function<Object, String> text) {
		this.text = text;
	}

	private static <T> TextReader of(Class<T> type, Function<T, String> text) {
		return new TextReader((object) -> text.apply(type.cast(object)));
	}

	/**
	 * The reader for a class.
	 * @return the reader, or {@code null} if its objects are no texts
	 */
	static @Nullable TextReader find(Class<?> type) {
		return READERS.get(type);
	}

	String text(Object object) {
		return this.text.apply(object);
	}

	@Override
	public void read(Object object, Contents contents) {
		contents.add(Step.NONE, object);
	}

	private static String fromCharacters(char[] characters) {
		return (characters.length <= LONGEST_ARRAY) ? new String(characters) : "";
	}

	private static String fromBytes(byte[] bytes) {
		return (bytes.length <= LONGEST_ARRAY) ? new String(bytes, StandardCharsets.ISO_8859_1) : "";
	}

	private static String fromKey(SecretKeySpec key) {
		byte[] encoded = key.getEncoded();
		String text = fromBytes(encoded);
		Arrays.fill(encoded, (byte) 0);
		return text;
	}

	/** Not by URL.toString(), which asks a handler that may be the application's. */
	private static String fromParts(URL url) {
		return url.getProtocol() + "://" + url.getAuthority() + url.getFile() + "#" + url.getRef();
	}

}
