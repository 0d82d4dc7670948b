package io.github.secretsboot.test;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * The versions of one secret, oldest first, with AWS's rules for staging labels: a label
 * is attached to at most one version, and whenever {@code AWSCURRENT} moves,
 * {@code AWSPREVIOUS} goes to the version that it left, which {@code AWSPENDING} leaves
 * as well. Immutable.
 */
final class SecretVersions {

	static final String CURRENT = "AWSCURRENT";

	static final String PREVIOUS = "AWSPREVIOUS";

	static final String PENDING = "AWSPENDING";

	static final SecretVersions NONE = new SecretVersions(Map.of());

	private final Map<String, SecretVersion> byId;

	private SecretVersions(Map<String, SecretVersion> byId) {
		this.byId = Collections.unmodifiableMap(byId);
	}

	Collection<SecretVersion> all() {
		return this.byId.values();
	}

	@Nullable SecretVersion find(String id) {
		return this.byId.get(id);
	}

	@Nullable SecretVersion findByStage(String stage) {
		return all().stream().filter((version) -> version.stages().contains(stage)).findFirst().orElse(null);
	}

	/**
	 * Return the version that a reader asks for by its id, by a label, or by both.
	 */
	SecretVersion select(@Nullable String id, @Nullable String stage) {
		if (id == null) {
			String wanted = (stage != null) ? stage : CURRENT;
			return AwsError.require(readable(findByStage(wanted)), () -> AwsError.stageNotFound(wanted));
		}
		SecretVersion version = AwsError.require(readable(find(id)), () -> AwsError.versionNotFound(id));
		if (stage != null && !version.stages().contains(stage)) {
			throw AwsError
				.invalidRequest("You provided a VersionStage that is not associated to the provided VersionId.");
		}
		return version;
	}

	private static @Nullable SecretVersion readable(@Nullable SecretVersion version) {
		return (version != null && version.content() != null) ? version : null;
	}

	/**
	 * Return these versions with another one, to which the stages have moved. The first
	 * version always gets {@code AWSCURRENT}.
	 */
	SecretVersions add(String id, SecretContent content, Instant created, Collection<String> stages) {
		SecretVersions added = new SecretVersions(with(new SecretVersion(id, content, created, null, Set.of())));
		for (String stage : stages) {
			added = added.attach(stage, id);
		}
		return this.byId.isEmpty() ? added.attach(CURRENT, id) : added;
	}

	/**
	 * Return these versions with a pending one that a rotation is going to fill.
	 */
	SecretVersions reserve(String id, Instant created) {
		return new SecretVersions(with(new SecretVersion(id, null, created, null, Set.of()))).attach(PENDING, id);
	}

	/**
	 * Return these versions with a pending one that holds what the current one does.
	 */
	SecretVersions copyCurrent(String id, Instant created) {
		SecretVersion current = findByStage(CURRENT);
		SecretContent content = (current != null) ? current.content() : null;
		return new SecretVersions(with(new SecretVersion(id, content, created, null, Set.of()))).attach(PENDING, id);
	}

	/**
	 * Return these versions with what a reserved one holds.
	 */
	SecretVersions fill(String id, SecretContent content, Collection<String> stages) {
		SecretVersions filled = with(id, (version) -> version.with(content));
		for (String stage : stages) {
			filled = filled.attach(stage, id);
		}
		return filled;
	}

	SecretVersions remove(String id) {
		Map<String, SecretVersion> byId = new LinkedHashMap<>(this.byId);
		byId.remove(id);
		return new SecretVersions(byId);
	}

	private Map<String, SecretVersion> with(SecretVersion version) {
		Map<String, SecretVersion> byId = new LinkedHashMap<>(this.byId);
		byId.put(version.id(), version);
		return byId;
	}

	/**
	 * Return these versions with the stage on the given version and on no other.
	 */
	SecretVersions attach(String stage, String id) {
		SecretVersion holder = findByStage(stage);
		if (holder != null && holder.id().equals(id)) {
			return this;
		}
		SecretVersions attached = with(id, (version) -> version.with(stage));
		if (holder == null) {
			return attached;
		}
		SecretVersions moved = attached.with(holder.id(), (version) -> version.without(stage));
		return stage.equals(CURRENT)
				? moved.with(holder.id(), (version) -> version.without(PENDING)).attach(PREVIOUS, holder.id()) : moved;
	}

	SecretVersions detach(String stage) {
		Map<String, SecretVersion> byId = new LinkedHashMap<>(this.byId);
		byId.replaceAll((id, version) -> version.without(stage));
		return new SecretVersions(byId);
	}

	SecretVersions read(String id, Instant day) {
		return with(id, (version) -> version.read(day));
	}

	/**
	 * Return these versions as if they had been read when the others were.
	 */
	SecretVersions readAs(SecretVersions others) {
		Map<String, SecretVersion> byId = new LinkedHashMap<>(this.byId);
		byId.replaceAll((id, version) -> {
			SecretVersion other = others.find(id);
			return version.read((other != null) ? other.read() : null);
		});
		return new SecretVersions(byId);
	}

	private SecretVersions with(String id, UnaryOperator<SecretVersion> change) {
		Map<String, SecretVersion> byId = new LinkedHashMap<>(this.byId);
		byId.computeIfPresent(id, (key, version) -> change.apply(version));
		return new SecretVersions(byId);
	}

	/**
	 * Return these versions after a request to move a stage, to remove it, or both.
	 */
	SecretVersions move(String stage, @Nullable String to, @Nullable String from) {
		SecretVersion holder = findByStage(stage);
		if (to != null && find(to) == null) {
			throw AwsError.notFound("Secrets Manager can't find the specified secret version: " + to);
		}
		if (from != null && (holder == null || !holder.id().equals(from))) {
			throw AwsError
				.invalidParameter("Staging label %s is not currently attached to version %s.".formatted(stage, from));
		}
		if (to == null) {
			return take(stage, from);
		}
		if (from == null && holder != null && !holder.id().equals(to)) {
			throw AwsError.invalidParameter(
					"The parameter RemoveFromVersionId can't be empty. Staging label %s is ".formatted(stage)
							+ "currently attached to version %s, so you must explicitly reference that version "
								.formatted(holder.id())
							+ "in RemoveFromVersionId.");
		}
		return attach(stage, to);
	}

	private SecretVersions take(String stage, @Nullable String from) {
		if (from == null) {
			throw AwsError.invalidParameter("You must specify MoveToVersionId, RemoveFromVersionId, or both.");
		}
		if (stage.equals(CURRENT)) {
			throw AwsError.invalidParameter("You can only move staging label AWSCURRENT to a different secret version. "
					+ "It can't be completely removed.");
		}
		return detach(stage);
	}

}
