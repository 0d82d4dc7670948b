package io.github.secretsboot.test;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A secret as it is stored. Immutable.
 *
 * @param name the name
 * @param arn the ARN
 * @param created when it was created
 * @param changed when it was last changed
 * @param details what users say about it
 * @param versions its versions
 * @param deletion the mark for deletion, if it has one
 */
record StoredSecret(String name, String arn, Instant created, Instant changed, Details details, SecretVersions versions,
		@Nullable Deletion deletion) {

	StoredSecret with(SecretVersions versions, Instant changed) {
		return new StoredSecret(this.name, this.arn, this.created, changed, this.details, versions, this.deletion);
	}

	StoredSecret with(Details details, Instant changed) {
		return new StoredSecret(this.name, this.arn, this.created, changed, details, this.versions, this.deletion);
	}

	StoredSecret with(@Nullable Deletion deletion) {
		return new StoredSecret(this.name, this.arn, this.created, this.changed, this.details, this.versions, deletion);
	}

	/**
	 * What users say about a secret.
	 *
	 * @param description the description
	 * @param kmsKeyId the key that encrypts it
	 * @param tags the tags
	 */
	record Details(@Nullable String description, @Nullable String kmsKeyId, Map<String, String> tags) {

		static final Details NONE = new Details(null, null, Map.of());

		Details updated(@Nullable String description, @Nullable String kmsKeyId) {
			return new Details((description != null) ? description : this.description,
					(kmsKeyId != null) ? kmsKeyId : this.kmsKeyId, this.tags);
		}

	}

	/**
	 * A mark for deletion.
	 *
	 * @param marked when it was marked
	 * @param due when it is gone
	 */
	record Deletion(Instant marked, Instant due) {

	}

}
