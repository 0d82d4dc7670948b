package io.github.secretsboot.test;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * What a version holds: text or bytes, immutable. Its {@code toString} never shows them.
 */
final class SecretContent {

	static final int MAX_BYTES = 65536;

	private final @Nullable String text;

	private final byte[] bytes;

	private SecretContent(@Nullable String text, byte[] bytes) {
		this.text = text;
		this.bytes = bytes;
		if (bytes.length > MAX_BYTES) {
			throw AwsError.constraint("", (text != null) ? "secretString" : "secretBinary",
					"have length less than or equal to " + MAX_BYTES);
		}
	}

	static SecretContent of(String text) {
		return new SecretContent(text, text.getBytes(StandardCharsets.UTF_8));
	}

	static SecretContent of(byte[] bytes) {
		return new SecretContent(null, bytes.clone());
	}

	/**
	 * Return the text, or {@code null} where the content is binary.
	 */
	@Nullable String text() {
		return this.text;
	}

	byte[] bytes() {
		return this.bytes.clone();
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof SecretContent content && Objects.equals(this.text, content.text)
				&& Arrays.equals(this.bytes, content.bytes);
	}

	@Override
	public int hashCode() {
		return Arrays.hashCode(this.bytes);
	}

	@Override
	public String toString() {
		return (this.text != null) ? "text" : "binary";
	}

}
