package io.github.secretsboot.test;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A secret as it is stored. Immutable.
 *
 * @param name the name
 * @param arn the ARN
 * @param dates when what happened to it
 * @param details what users say about it
 * @param versions its versions
 * @param rotation how it is rotated, if it is
 * @param policy its policy, if it has one
 * @param replication how it is connected with its namesakes in other regions
 * @param deletion the mark for deletion, if it has one
 */
record StoredSecret(String name, String arn, Dates dates, Details details, SecretVersions versions,
		@Nullable RotationSettings rotation, @Nullable Policy policy, Replication replication,
		@Nullable Deletion deletion) {

	/**
	 * Create a secret that has only just been thought of.
	 */
	static StoredSecret create(String name, String arn, Instant now, Details details, SecretVersions versions) {
		return new StoredSecret(name, arn, new Dates(now, now, null), details, versions, null, null, Replication.NONE,
				null);
	}

	StoredSecret with(SecretVersions versions, Instant changed) {
		return copy(this.dates.changed(changed), this.details, versions, this.rotation, this.policy);
	}

	StoredSecret with(Details details, Instant changed) {
		return copy(this.dates.changed(changed), details, this.versions, this.rotation, this.policy);
	}

	StoredSecret with(@Nullable RotationSettings rotation) {
		return copy(this.dates, this.details, this.versions, rotation, this.policy);
	}

	StoredSecret with(@Nullable Policy policy, Instant changed) {
		return copy(this.dates.changed(changed), this.details, this.versions, this.rotation, policy);
	}

	/**
	 * Return this secret after a read of one of its versions.
	 */
	StoredSecret read(SecretVersion version, Instant day) {
		return copy(this.dates.read(day), this.details, this.versions.read(version.id(), day), this.rotation,
				this.policy);
	}

	private StoredSecret copy(Dates dates, Details details, SecretVersions versions,
			@Nullable RotationSettings rotation, @Nullable Policy policy) {
		return new StoredSecret(this.name, this.arn, dates, details, versions, rotation, policy, this.replication,
				this.deletion);
	}

	StoredSecret with(Replication replication) {
		return new StoredSecret(this.name, this.arn, this.dates, this.details, this.versions, this.rotation,
				this.policy, replication, this.deletion);
	}

	StoredSecret with(@Nullable Deletion deletion) {
		return new StoredSecret(this.name, this.arn, this.dates, this.details, this.versions, this.rotation,
				this.policy, this.replication, deletion);
	}

	/**
	 * Return what this primary secret is in another region, where its replica has been
	 * read on days of its own.
	 */
	StoredSecret replica(String arn, @Nullable String kmsKeyId, @Nullable StoredSecret before) {
		Dates dates = (before != null) ? before.dates.changed(this.dates.changed())
				: new Dates(this.dates.changed(), this.dates.changed(), null);
		Details details = new Details(this.details.description, kmsKeyId, this.details.tags);
		SecretVersions versions = this.versions.readAs((before != null) ? before.versions : SecretVersions.NONE);
		return new StoredSecret(this.name, arn, dates, details, versions, this.rotation, this.policy,
				new Replication(this.replication.primaryRegion(), List.of()), null);
	}

	/**
	 * When what happened to a secret.
	 *
	 * @param created when it was created
	 * @param changed when it was last changed
	 * @param read the day on which it was last read, if it was
	 */
	record Dates(Instant created, Instant changed, @Nullable Instant read) {

		Dates changed(Instant changed) {
			return new Dates(this.created, changed, this.read);
		}

		Dates read(Instant day) {
			return new Dates(this.created, this.changed, day);
		}

	}

	/**
	 * What users say about a secret.
	 *
	 * @param description the description
	 * @param kmsKeyId the key that encrypts it
	 * @param tags the tags; {@code null} until there is a first one
	 */
	record Details(@Nullable String description, @Nullable String kmsKeyId, @Nullable Map<String, String> tags) {

		static final Details NONE = new Details(null, null, null);

		Details {
			description = emptyToNull(description);
			kmsKeyId = emptyToNull(kmsKeyId);
		}

		Details updated(@Nullable String description, @Nullable String kmsKeyId) {
			return new Details((description != null) ? description : this.description,
					(kmsKeyId != null) ? kmsKeyId : this.kmsKeyId, this.tags);
		}

		Details tagged(Map<String, String> more) {
			Map<String, String> tags = copyOfTags();
			tags.putAll(more);
			return new Details(this.description, this.kmsKeyId, tags);
		}

		Details untagged(Iterable<String> keys) {
			Map<String, String> tags = copyOfTags();
			keys.forEach(tags::remove);
			return new Details(this.description, this.kmsKeyId, (this.tags != null) ? tags : null);
		}

		private Map<String, String> copyOfTags() {
			return (this.tags != null) ? new LinkedHashMap<>(this.tags) : new LinkedHashMap<>();
		}

		private static @Nullable String emptyToNull(@Nullable String text) {
			return (text != null && text.isEmpty()) ? null : text;
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
