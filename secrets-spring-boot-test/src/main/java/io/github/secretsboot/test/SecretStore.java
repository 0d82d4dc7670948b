package io.github.secretsboot.test;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import io.github.secretsboot.test.StoredSecret.Deletion;
import io.github.secretsboot.test.StoredSecret.Details;
import org.jspecify.annotations.Nullable;

/**
 * The secrets of one account and region, with AWS's rules. Every method is one atomic
 * step under the store's lock and returns immutable snapshots, so any thread may call it.
 */
final class SecretStore {

	static final String ACCOUNT = "123456789012";

	private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9/_+=.@!-]{1,512}");

	private static final String SUFFIX_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

	private final String region;

	private final Clock clock;

	private final SecureRandom random = new SecureRandom();

	private final Map<String, StoredSecret> secrets = new LinkedHashMap<>();

	SecretStore(String region, Clock clock) {
		this.region = region;
		this.clock = clock;
	}

	/**
	 * A secret and one of its versions.
	 *
	 * @param secret the secret
	 * @param version the version, or {@code null} where there is none
	 */
	record Selected(StoredSecret secret, @Nullable SecretVersion version) {

	}

	synchronized Selected create(String name, String versionId, @Nullable SecretContent content, Details details) {
		if (!NAME.matcher(name).matches()) {
			throw AwsError.validation("Invalid name. Must be a valid name containing alphanumeric characters, "
					+ "or any of the following: -/_+=.@!");
		}
		StoredSecret existing = live().get(name);
		if (existing != null) {
			return createAgain(existing, versionId, content);
		}
		Instant now = this.clock.instant();
		SecretVersions versions = (content != null) ? SecretVersions.NONE.add(versionId, content, now, List.of())
				: SecretVersions.NONE;
		return selected(save(new StoredSecret(name, newArn(name), now, now, details, versions, null)), versionId);
	}

	private Selected createAgain(StoredSecret existing, String versionId, @Nullable SecretContent content) {
		if (existing.deletion() != null) {
			throw AwsError.invalidRequest("You can't create this secret because a secret with this name is already "
					+ "scheduled for deletion.");
		}
		SecretVersion version = existing.versions().find(versionId);
		if (version == null || !version.content().equals(content)) {
			throw AwsError
				.exists("The operation failed because the secret %s already exists.".formatted(existing.name()));
		}
		return new Selected(existing, version);
	}

	synchronized Selected put(String id, String versionId, SecretContent content, Collection<String> stages) {
		StoredSecret secret = usable(id);
		SecretVersion existing = secret.versions().find(versionId);
		if (existing != null) {
			if (!existing.content().equals(content)) {
				throw AwsError.exists(
						"You can't use ClientRequestToken %s because that value is already in use ".formatted(versionId)
								+ "for a version of secret %s.".formatted(secret.arn()));
			}
			return new Selected(secret, existing);
		}
		Instant now = this.clock.instant();
		return selected(save(secret.with(secret.versions().add(versionId, content, now, stages), now)), versionId);
	}

	synchronized Selected update(String id, String versionId, @Nullable SecretContent content,
			@Nullable String description, @Nullable String kmsKeyId) {
		StoredSecret secret = usable(id);
		Selected selected = (content != null) ? put(id, versionId, content, List.of(SecretVersions.CURRENT))
				: new Selected(secret, null);
		Details details = secret.details().updated(description, kmsKeyId);
		StoredSecret updated = save(selected.secret().with(details, this.clock.instant()));
		return new Selected(updated, selected.version());
	}

	synchronized Selected get(String id, @Nullable String versionId, @Nullable String stage) {
		StoredSecret secret = usable(id);
		return new Selected(secret, select(secret.versions(), versionId, stage));
	}

	private SecretVersion select(SecretVersions versions, @Nullable String versionId, @Nullable String stage) {
		if (versionId == null) {
			String wanted = (stage != null) ? stage : SecretVersions.CURRENT;
			return require(versions.findByStage(wanted), () -> AwsError.stageNotFound(wanted));
		}
		SecretVersion version = require(versions.find(versionId), () -> AwsError.versionNotFound(versionId));
		if (stage != null && !version.stages().contains(stage)) {
			throw AwsError
				.invalidRequest("You provided a VersionStage that is not associated to the provided VersionId.");
		}
		return version;
	}

	/**
	 * Find a secret, also one that is marked for deletion.
	 */
	synchronized StoredSecret describe(String id) {
		return require(find(id), AwsError::secretNotFound);
	}

	synchronized @Nullable StoredSecret find(String id) {
		StoredSecret named = live().get(id);
		if (named != null) {
			return named;
		}
		return live().values()
			.stream()
			.filter((secret) -> SecretId.matches(id, secret.arn(), secret.name()))
			.findFirst()
			.orElse(null);
	}

	synchronized List<StoredSecret> list() {
		return List.copyOf(live().values());
	}

	synchronized StoredSecret moveStage(String id, String stage, @Nullable String to, @Nullable String from) {
		StoredSecret secret = usable(id);
		SecretVersions versions = secret.versions();
		SecretVersion holder = versions.findByStage(stage);
		if (to != null && versions.find(to) == null) {
			throw AwsError.notFound("Secrets Manager can't find the specified secret version: " + to);
		}
		if (from != null && (holder == null || !holder.id().equals(from))) {
			throw AwsError
				.invalidParameter("Staging label %s is not currently attached to version %s.".formatted(stage, from));
		}
		if (to == null) {
			return save(secret.with(removeStage(versions, stage, from), this.clock.instant()));
		}
		if (from == null && holder != null && !holder.id().equals(to)) {
			throw AwsError.invalidParameter(
					"The parameter RemoveFromVersionId can't be empty. Staging label %s is ".formatted(stage)
							+ "currently attached to version %s, so you must explicitly reference that version "
								.formatted(holder.id())
							+ "in RemoveFromVersionId.");
		}
		return save(secret.with(versions.attach(stage, to), this.clock.instant()));
	}

	private SecretVersions removeStage(SecretVersions versions, String stage, @Nullable String from) {
		if (from == null) {
			throw AwsError.invalidParameter("You must specify MoveToVersionId, RemoveFromVersionId, or both.");
		}
		if (stage.equals(SecretVersions.CURRENT)) {
			throw AwsError.invalidParameter("You can only move staging label AWSCURRENT to a different secret version. "
					+ "It can't be completely removed.");
		}
		return versions.detach(stage);
	}

	/**
	 * Move a stage to a version from wherever it is.
	 */
	synchronized StoredSecret moveStage(String id, String stage, String to) {
		SecretVersion holder = usable(id).versions().findByStage(stage);
		return moveStage(id, stage, to, (holder != null) ? holder.id() : null);
	}

	/**
	 * The last step of a rotation: the pending version becomes the current one.
	 */
	synchronized SecretVersion finishRotation(String id) {
		StoredSecret secret = usable(id);
		SecretVersion pending = require(secret.versions().findByStage(SecretVersions.PENDING),
				() -> AwsError.stageNotFound(SecretVersions.PENDING));
		SecretVersions finished = secret.versions()
			.attach(SecretVersions.CURRENT, pending.id())
			.detach(SecretVersions.PENDING);
		save(secret.with(finished, this.clock.instant()));
		return require(finished.find(pending.id()), AwsError::internal);
	}

	synchronized StoredSecret markForDeletion(String id, Duration window) {
		StoredSecret secret = usable(id);
		Instant now = this.clock.instant();
		return save(secret.with(new Deletion(now, now.plus(window))));
	}

	synchronized @Nullable StoredSecret delete(String id) {
		StoredSecret secret = find(id);
		return (secret != null) ? this.secrets.remove(secret.name()) : null;
	}

	synchronized StoredSecret restore(String id) {
		return save(describe(id).with((Deletion) null));
	}

	Instant now() {
		return this.clock.instant();
	}

	String newArn(String name) {
		StringBuilder arn = new StringBuilder(
				"arn:aws:secretsmanager:%s:%s:secret:%s-".formatted(this.region, ACCOUNT, name));
		this.random.ints(6, 0, SUFFIX_ALPHABET.length()).forEach((index) -> arn.append(SUFFIX_ALPHABET.charAt(index)));
		return arn.toString();
	}

	private StoredSecret usable(String id) {
		StoredSecret secret = describe(id);
		if (secret.deletion() != null) {
			throw AwsError.markedForDeletion();
		}
		return secret;
	}

	private Map<String, StoredSecret> live() {
		Instant now = this.clock.instant();
		this.secrets.values().removeIf((secret) -> secret.deletion() != null && !now.isBefore(secret.deletion().due()));
		return this.secrets;
	}

	private StoredSecret save(StoredSecret secret) {
		this.secrets.put(secret.name(), secret);
		return secret;
	}

	private static Selected selected(StoredSecret secret, String versionId) {
		return new Selected(secret, secret.versions().find(versionId));
	}

	private static <T> T require(@Nullable T value, Supplier<AwsError> error) {
		if (value == null) {
			throw error.get();
		}
		return value;
	}

}
