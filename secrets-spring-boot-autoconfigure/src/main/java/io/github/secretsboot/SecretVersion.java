package io.github.secretsboot;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Metadata of a version of a secret, without its content.
 *
 * @param name the friendly name of the secret
 * @param arn the ARN of the secret
 * @param versionId the id of the version
 * @param stages the staging labels attached to the version
 * @param createdDate when the version was created, or {@code null} if it is not known
 * @since 0.1.0
 */
public record SecretVersion(String name, String arn, String versionId, List<String> stages,
		@Nullable Instant createdDate) {

	/**
	 * Create a version with an unmodifiable copy of the labels.
	 */
	public SecretVersion {
		stages = List.copyOf(stages);
	}

	/**
	 * Return the region in the ARN, which is the region that the version was read from.
	 * If a replica was read, it is the replica's region.
	 * @return the region, or {@code null} if there is no ARN
	 */
	public @Nullable String region() {
		String[] parts = this.arn.split(":", 5);
		return (parts.length == 5 && parts[0].equals("arn")) ? parts[3] : null;
	}

	/**
	 * Return the last segment of the name, such as {@code jdbc-url} for
	 * {@code myapp/prod/jdbc-url}.
	 * @return the segment
	 */
	public String lastNameSegment() {
		int end = this.name.length();
		while (end > 1 && this.name.charAt(end - 1) == '/') {
			end--;
		}
		return this.name.substring(this.name.lastIndexOf('/', end - 1) + 1, end);
	}

}
