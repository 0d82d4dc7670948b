package io.github.secretsboot.refresh;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.github.secretsboot.FailureReason;
import io.github.secretsboot.mapping.LeftOut;
import io.github.secretsboot.properties.MappedSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one source at one moment. Immutable.
 *
 * @param source the source
 * @param snapshot the values in use, or {@code null} as long as there are none
 * @param leftOut what of the version in use did not become properties
 * @param loadedAt when the version in use was loaded
 * @param lastCheckedAt when AWS last confirmed or denied that it is current
 * @param confirmedAt when AWS last confirmed that the version in use is current, or
 * {@code null} if there is none
 * @param nextCheckAt when it will be checked again, or {@code null} if never
 * @param failure why the last check failed, or {@code null} if it did not
 */
public record SourceState(SecretSource source, @Nullable MappedSnapshot snapshot, LeftOut leftOut,
		@Nullable Instant loadedAt, @Nullable Instant lastCheckedAt, @Nullable Instant confirmedAt,
		@Nullable Instant nextCheckAt, @Nullable Failure failure) {

	static SourceState initial(SecretSource source) {
		return new SourceState(source, null, LeftOut.NOTHING, null, null, null, null, null);
	}

	/**
	 * In which condition the source is.
	 * @return the status
	 */
	public Status status() {
		if (this.failure == null) {
			return Status.CURRENT;
		}
		if (this.failure.reason() == FailureReason.REJECTED) {
			return Status.REJECTED;
		}
		return (this.snapshot != null) ? Status.STALE : Status.MISSING;
	}

	/**
	 * How long ago the version in use was last confirmed to be current. A pinned version
	 * always is.
	 * @param now the time
	 * @return the age, or {@code null} if there is no version in use
	 */
	public @Nullable Duration age(Instant now) {
		if (isFinal()) {
			return Duration.ZERO;
		}
		return (this.confirmedAt != null) ? Duration.between(this.confirmedAt, now) : null;
	}

	/**
	 * Whether the last check failed and that matters: that a secret has never been there
	 * is no failure where it need not be.
	 * @param all all sources, of which this is one
	 * @return {@code true} if somebody should do something about it
	 */
	public boolean isFailing(List<SourceState> all) {
		if (this.failure == null) {
			return false;
		}
		boolean needed = !this.source.optional() && all.stream().noneMatch(this::hasLoadedAlternative);
		return this.failure.reason() != FailureReason.NOT_FOUND || this.snapshot != null || needed;
	}

	/**
	 * Whether checking again could bring nothing new.
	 */
	boolean isFinal() {
		return this.source.isPinned() && this.snapshot != null;
	}

	/**
	 * Whether another source of the same entry of {@code secrets.sources} is loaded.
	 */
	boolean hasLoadedAlternative(SourceState other) {
		return other.source.position() == this.source.position() && other.snapshot != null;
	}

	/**
	 * Whether a version was rejected before, by the mapper, by a validator or because a
	 * bean could not use it.
	 */
	boolean isRejected(String versionId) {
		return this.failure != null && versionId.equals(this.failure.rejectedVersionId());
	}

	SourceState loaded(MappedSnapshot snapshot, LeftOut leftOut, Instant now) {
		return new SourceState(this.source, snapshot, leftOut, now, now, now, this.nextCheckAt, null);
	}

	SourceState confirmed(@Nullable MappedSnapshot snapshot, Instant now) {
		return new SourceState(this.source, snapshot, this.leftOut, this.loadedAt, now, now, this.nextCheckAt, null);
	}

	SourceState failed(FailureReason reason, String detail, @Nullable String rejectedVersionId, Instant now) {
		Failure last = this.failure;
		Failure next = new Failure(reason, detail, (last != null && last.reason() == reason) ? last.since() : now,
				(last != null) ? last.attempts() + 1 : 1, rejectedVersionId);
		return new SourceState(this.source, this.snapshot, this.leftOut, this.loadedAt, now, this.confirmedAt,
				this.nextCheckAt, next);
	}

	SourceState nextCheckAt(@Nullable Instant nextCheckAt) {
		return new SourceState(this.source, this.snapshot, this.leftOut, this.loadedAt, this.lastCheckedAt,
				this.confirmedAt, nextCheckAt, this.failure);
	}

	/**
	 * The condition of a source.
	 */
	public enum Status {

		/** The values in use were current at the last check. */
		CURRENT,

		/** The last check failed; the last good values are in use. */
		STALE,

		/** There are no values. */
		MISSING,

		/** The newest version was rejected; the one before it is in use. */
		REJECTED

	}

	/**
	 * A failed check.
	 *
	 * @param reason why it failed
	 * @param detail what AWS, the mapper or the connection said
	 * @param since when checks began to fail for this reason
	 * @param attempts how many checks in a row have failed, for whatever reason
	 * @param rejectedVersionId the version that was fetched but cannot be used
	 */
	public record Failure(FailureReason reason, String detail, Instant since, int attempts,
			@Nullable String rejectedVersionId) {
	}

}
