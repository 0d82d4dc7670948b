package io.github.secretsboot.fetch;

import io.github.secretsboot.SecretVersion;
import org.jspecify.annotations.Nullable;

/**
 * A version of a secret together with its content, which is either text or bytes.
 * Short-lived: mapped and then dropped. Its {@link #toString()} shows no content.
 */
public final class SecretValue {

	private final SecretVersion version;

	private final @Nullable String text;

	private final byte @Nullable [] bytes;

	private SecretValue(SecretVersion version, @Nullable String text, byte @Nullable [] bytes) {
		this.version = plain(version);
		this.text = text;
		this.bytes = bytes;
	}

	private static SecretVersion plain(SecretVersion version) {
		return new SecretVersion(PlainText.of(version.name()), PlainText.of(version.arn()),
				PlainText.of(version.versionId()), version.stages().stream().map(PlainText::of).toList(),
				version.createdDate());
	}

	/**
	 * A version with textual content.
	 * @param version the version
	 * @param text its content
	 * @return the value
	 */
	public static SecretValue ofText(SecretVersion version, String text) {
		return new SecretValue(version, text, null);
	}

	/**
	 * A version with binary content.
	 * @param version the version
	 * @param bytes its content; not copied, must not be changed afterwards
	 * @return the value
	 */
	public static SecretValue ofBytes(SecretVersion version, byte[] bytes) {
		return new SecretValue(version, null, bytes);
	}

	/**
	 * The version that the content belongs to.
	 * @return the version
	 */
	public SecretVersion version() {
		return this.version;
	}

	/**
	 * The content of a textual secret.
	 * @return the text, or {@code null} if the secret is binary
	 */
	public @Nullable String text() {
		return this.text;
	}

	/**
	 * The content of a binary secret.
	 * @return the bytes, or {@code null} if the secret is textual
	 */
	public byte @Nullable [] bytes() {
		return this.bytes;
	}

	@Override
	public String toString() {
		return "SecretValue[" + this.version + ", " + ((this.text != null) ? "text" : "bytes") + "]";
	}

}
