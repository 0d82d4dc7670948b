package io.github.secretsboot.test;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import io.github.secretsboot.test.Replication.Replica;
import io.github.secretsboot.test.StoredSecret.Deletion;
import io.github.secretsboot.test.StoredSecret.Details;
import org.jspecify.annotations.Nullable;

/**
 * The secrets of one account and region, with AWS's rules. Guarded by the lock of its
 * {@link Partition}. What it returns is immutable.
 */
final class SecretStore {

	private static final String SUFFIX_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

	private final Partition partition;

	private final String account;

	private final String region;

	private final SecureRandom random = new SecureRandom();

	private final Map<String, StoredSecret> secrets = new LinkedHashMap<>();

	SecretStore(Partition partition, String account, String region) {
		this.partition = partition;
		this.account = account;
		this.region = region;
	}

	String account() {
		return this.account;
	}

	String region() {
		return this.region;
	}

	/**
	 * A secret and one of its versions.
	 *
	 * @param secret the secret
	 * @param version the version, or {@code null} where there is none
	 */
	record Selected(StoredSecret secret, @Nullable SecretVersion version) {

	}

	Selected create(String name, String versionId, @Nullable SecretContent content, Details details) {
		SecretId.requireName(name);
		StoredSecret existing = live().get(name);
		if (existing != null) {
			return createAgain(existing, versionId, content);
		}
		Instant now = now();
		SecretVersions versions = (content != null) ? SecretVersions.NONE.add(versionId, content, now, List.of())
				: SecretVersions.NONE;
		return selected(save(StoredSecret.create(name, newArn(name), now, details, versions)), versionId);
	}

	private Selected createAgain(StoredSecret existing, String versionId, @Nullable SecretContent content) {
		if (existing.deletion() != null) {
			throw AwsError.invalidRequest("You can't create this secret because a secret with this name is already "
					+ "scheduled for deletion.");
		}
		SecretVersion version = existing.versions().find(versionId);
		if (version == null) {
			throw AwsError
				.exists("The operation failed because the secret %s already exists.".formatted(existing.name()));
		}
		requireSame(content, version, existing);
		return new Selected(existing, version);
	}

	Selected put(String id, String versionId, SecretContent content, Collection<String> stages) {
		StoredSecret secret = writable(id);
		SecretVersion existing = secret.versions().find(versionId);
		Instant now = now();
		if (existing != null && existing.content() == null) {
			return selected(save(secret.with(secret.versions().fill(versionId, content, stages), now)), versionId);
		}
		if (existing != null) {
			requireSame(content, existing, secret);
			return new Selected(secret, existing);
		}
		return selected(save(secret.with(secret.versions().add(versionId, content, now, stages), now)), versionId);
	}

	/**
	 * Whoever repeats a request gets the same answer, whoever only repeats its token does
	 * not.
	 */
	private static void requireSame(@Nullable SecretContent content, SecretVersion version, StoredSecret secret) {
		if (version.content() == null || !version.content().equals(content)) {
			throw AwsError
				.exists("You can't use ClientRequestToken %s because that value is already in use for a version of "
					.formatted(version.id()) + "secret %s.".formatted(secret.arn()));
		}
	}

	Selected update(String id, String versionId, @Nullable SecretContent content, @Nullable String description,
			@Nullable String kmsKeyId) {
		StoredSecret secret = writable(id);
		Selected selected = (content != null) ? put(id, versionId, content, List.of(SecretVersions.CURRENT))
				: new Selected(secret, null);
		Details details = secret.details().updated(description, kmsKeyId);
		return new Selected(save(selected.secret().with(details, now())), selected.version());
	}

	Selected get(String id, @Nullable String versionId, @Nullable String stage) {
		StoredSecret secret = usable(id);
		SecretVersion version = secret.versions().select(versionId, stage);
		Instant today = now().truncatedTo(ChronoUnit.DAYS);
		if (!today.equals(version.read()) || !today.equals(secret.dates().read())) {
			save(secret.read(version, today));
		}
		return new Selected(secret, version);
	}

	/**
	 * Find a secret, also one that is marked for deletion.
	 */
	StoredSecret describe(String id) {
		return AwsError.require(find(id), AwsError::secretNotFound);
	}

	@Nullable StoredSecret find(String id) {
		Map<String, StoredSecret> live = live();
		return SecretId.possibleNames(id)
			.stream()
			.map(live::get)
			.filter((secret) -> secret != null && SecretId.matches(id, secret.arn(), secret.name()))
			.findFirst()
			.orElse(null);
	}

	List<StoredSecret> list() {
		return List.copyOf(live().values());
	}

	/**
	 * Change a secret, unless it is marked for deletion.
	 */
	StoredSecret change(String id, UnaryOperator<StoredSecret> change) {
		return save(change.apply(writable(id)));
	}

	StoredSecret moveStage(String id, String stage, @Nullable String to, @Nullable String from) {
		return change(id, (secret) -> secret.with(secret.versions().move(stage, to, from), now()));
	}

	/**
	 * The last step of a rotation: the pending version becomes the current one.
	 */
	SecretVersion finishRotation(String id) {
		SecretVersions versions = writable(id).versions();
		SecretVersion pending = AwsError.require(versions.findByStage(SecretVersions.PENDING),
				() -> AwsError.stageNotFound(SecretVersions.PENDING));
		SecretVersions finished = versions.attach(SecretVersions.CURRENT, pending.id()).detach(SecretVersions.PENDING);
		change(id, (secret) -> secret.with(finished, now()));
		return pending;
	}

	StoredSecret markForDeletion(String id, Duration window) {
		Instant now = now();
		return change(id, (secret) -> deletable(secret).with(new Deletion(now, now.plus(window))));
	}

	@Nullable StoredSecret delete(String id) {
		StoredSecret secret = find(id);
		return (secret != null) ? this.secrets.remove(deletable(requirePrimary(secret)).name()) : null;
	}

	private static StoredSecret deletable(StoredSecret secret) {
		List<String> regions = secret.replication().replicas().stream().map(Replica::region).toList();
		if (!regions.isEmpty()) {
			throw AwsError.invalidParameter(
					"You can't delete secret %s that still has replica regions %s.".formatted(secret.arn(), regions));
		}
		return secret;
	}

	StoredSecret restore(String id) {
		return save(requirePrimary(describe(id)).with((Deletion) null));
	}

	/**
	 * Remove a secret, whatever it is.
	 */
	void remove(String name) {
		this.secrets.remove(name);
	}

	Instant now() {
		return this.partition.now();
	}

	/**
	 * Return what can be said of the ARN of a secret that there is not.
	 */
	String arnWithoutSuffix(String id) {
		return id.startsWith("arn:") ? id
				: "arn:aws:secretsmanager:%s:%s:secret:%s".formatted(this.region, this.account, id);
	}

	String newArn(String name) {
		StringBuilder arn = new StringBuilder(arnWithoutSuffix(name)).append('-');
		this.random.ints(6, 0, SUFFIX_ALPHABET.length()).forEach((index) -> arn.append(SUFFIX_ALPHABET.charAt(index)));
		return arn.toString();
	}

	/**
	 * Find a secret that may be read.
	 */
	StoredSecret usable(String id) {
		StoredSecret secret = describe(id);
		if (secret.deletion() != null) {
			throw AwsError.markedForDeletion();
		}
		return secret;
	}

	/**
	 * Find a secret that may be changed.
	 */
	StoredSecret writable(String id) {
		return requirePrimary(usable(id));
	}

	private StoredSecret requirePrimary(StoredSecret secret) {
		if (!isPrimary(secret)) {
			throw AwsError.invalidParameter(
					"Operation not permitted on a replica secret. Call must be made in " + "primary secret's region.");
		}
		return secret;
	}

	private boolean isPrimary(StoredSecret secret) {
		String primaryRegion = secret.replication().primaryRegion();
		return primaryRegion == null || primaryRegion.equals(this.region);
	}

	private Map<String, StoredSecret> live() {
		Instant now = now();
		this.secrets.values().removeIf((secret) -> secret.deletion() != null && !now.isBefore(secret.deletion().due()));
		return this.secrets;
	}

	StoredSecret save(StoredSecret secret) {
		StoredSecret before = this.secrets.put(secret.name(), secret);
		if (before != null && isPrimary(secret)) {
			this.partition.announce(this, before, secret);
		}
		this.partition.replicator().propagate(this, secret);
		return secret;
	}

	private static Selected selected(StoredSecret secret, String versionId) {
		return new Selected(secret, secret.versions().find(versionId));
	}

}
