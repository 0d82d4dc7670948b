package io.github.secretsboot.env;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

import org.springframework.core.convert.converter.ConverterRegistry;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;

/**
 * Lets the bytes of a binary secret be injected as text or as a resource. Bytes that are
 * UTF-8 become that text, others a {@code base64:} location, which Boot resolves to a
 * resource wherever it takes one. Without this Spring would spell out an array, byte for
 * byte.
 */
public final class BinaryConverters {

	private static final String LOCATION_PREFIX = "base64:";

	private BinaryConverters() {
	}

	/**
	 * Add the converters to a registry.
	 * @param registry the registry
	 */
	public static void addTo(ConverterRegistry registry) {
		registry.addConverter(byte[].class, String.class, BinaryConverters::toText);
		registry.addConverter(byte[].class, Resource.class, BinaryConverters::toResource);
	}

	/**
	 * Convert bytes to text.
	 * @param bytes the bytes
	 * @return the text that they are in UTF-8, or a {@code base64:} location
	 */
	public static String toText(byte[] bytes) {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
		}
		catch (CharacterCodingException ex) {
			return LOCATION_PREFIX + Base64.getEncoder().encodeToString(bytes);
		}
	}

	/**
	 * Convert what {@link #toText} made of bytes that are no text back to those bytes.
	 * @param text the text
	 * @return the bytes, or {@code null} if the text is no {@code base64:} location
	 */
	public static byte @Nullable [] fromText(String text) {
		if (!text.startsWith(LOCATION_PREFIX)) {
			return null;
		}
		try {
			return Base64.getDecoder().decode(text.substring(LOCATION_PREFIX.length()));
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	/**
	 * Convert bytes to a resource.
	 * @param bytes the bytes
	 * @return a resource of a copy of the bytes
	 */
	public static Resource toResource(byte[] bytes) {
		return new ByteArrayResource(bytes.clone(), "binary secret");
	}

}
