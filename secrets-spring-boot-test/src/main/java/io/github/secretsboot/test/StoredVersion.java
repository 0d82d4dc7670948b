package io.github.secretsboot.test;

import java.time.Instant;

/**
 * A version that holds text, as {@link SecretsManagerServer#find} returns it. Its
 * {@code toString} does not show the text.
 *
 * @param versionId the version id
 * @param text the text
 * @param created when it was created, by the server's clock
 * @since 0.1.0
 */
public record StoredVersion(String versionId, String text, Instant created) {

	@Override
	public String toString() {
		return "StoredVersion[versionId=" + this.versionId + ", created=" + this.created + "]";
	}

}
