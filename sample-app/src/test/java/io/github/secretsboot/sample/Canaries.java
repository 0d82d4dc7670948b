package io.github.secretsboot.sample;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Values that must not show up anywhere, and the disguises in which they might.
 */
final class Canaries {

	private final Set<String> values = new LinkedHashSet<>();

	/**
	 * Make a value that occurs nowhere else.
	 */
	String create(String purpose) {
		return add("canary-%s-%04d-=&+/x".formatted(purpose, this.values.size()));
	}

	String add(String value) {
		this.values.add(value);
		return value;
	}

	Set<String> all() {
		return this.values;
	}

	/**
	 * All the ways in which a value is looked for.
	 * @param value the value
	 * @return its spellings by the name of the encoding
	 */
	static Map<String, String> spellings(String value) {
		byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
		Map<String, String> spellings = new LinkedHashMap<>();
		spellings.put("plain", value);
		for (int offset = 0; offset < 3; offset++) {
			String base64 = base64(bytes, offset);
			spellings.put("base64+" + offset, base64);
			spellings.put("base64url+" + offset, base64.replace('+', '-').replace('/', '_'));
		}
		spellings.put("url", URLEncoder.encode(value, StandardCharsets.UTF_8));
		spellings.put("hex", HexFormat.of().formatHex(bytes));
		spellings.put("HEX", HexFormat.of().withUpperCase().formatHex(bytes));
		spellings.put("reversed", new StringBuilder(value).reverse().toString());
		return spellings;
	}

	/**
	 * The characters that depend on nothing but the value when it begins at some byte of
	 * a longer text.
	 */
	private static String base64(byte[] bytes, int offset) {
		byte[] shifted = new byte[offset + bytes.length];
		System.arraycopy(bytes, 0, shifted, offset, bytes.length);
		String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
		return encoded.substring((offset * 8 + 5) / 6, shifted.length * 8 / 6);
	}

}
