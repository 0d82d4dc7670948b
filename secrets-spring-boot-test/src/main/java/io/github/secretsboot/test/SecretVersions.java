package io.github.secretsboot.test;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The versions of one secret, oldest first, with AWS's rules for staging labels: a label
 * is attached to at most one version, and whenever {@code AWSCURRENT} moves,
 * {@code AWSPREVIOUS} goes to the version that it left. Immutable.
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
	 * Return these versions with another one, to which the stages have moved. The first
	 * version always gets {@code AWSCURRENT}.
	 */
	SecretVersions add(String id, SecretContent content, Instant created, Collection<String> stages) {
		Map<String, SecretVersion> byId = new LinkedHashMap<>(this.byId);
		byId.put(id, new SecretVersion(id, content, created, Set.of()));
		SecretVersions added = new SecretVersions(byId);
		for (String stage : stages) {
			added = added.attach(stage, id);
		}
		return this.byId.isEmpty() ? added.attach(CURRENT, id) : added;
	}

	/**
	 * Return these versions with the stage on the given version and on no other.
	 */
	SecretVersions attach(String stage, String id) {
		SecretVersion holder = findByStage(stage);
		if (holder != null && holder.id().equals(id)) {
			return this;
		}
		Map<String, SecretVersion> byId = new LinkedHashMap<>(this.byId);
		byId.computeIfPresent(id, (key, version) -> version.with(stage));
		if (holder != null) {
			byId.put(holder.id(), holder.without(stage));
		}
		SecretVersions moved = new SecretVersions(byId);
		return (holder != null && stage.equals(CURRENT)) ? moved.attach(PREVIOUS, holder.id()) : moved;
	}

	SecretVersions detach(String stage) {
		Map<String, SecretVersion> byId = new LinkedHashMap<>(this.byId);
		byId.replaceAll((id, version) -> version.without(stage));
		return new SecretVersions(byId);
	}

}
