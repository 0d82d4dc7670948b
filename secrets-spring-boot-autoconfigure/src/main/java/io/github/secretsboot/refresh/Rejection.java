package io.github.secretsboot.refresh;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.secretsboot.FailureReason;
import io.github.secretsboot.properties.PropertyNames;

/**
 * What speaks against a new version. Used by one thread.
 */
final class Rejection {

	private static final int MAX_NAMED = 5;

	private final NewVersion version;

	private final PropertyNames changed;

	private final List<Misfit> misfits = new ArrayList<>();

	private final Set<String> others = new LinkedHashSet<>();

	Rejection(NewVersion version) {
		this.version = version;
		this.changed = PropertyNames.of(version.changed());
	}

	NewVersion version() {
		return this.version;
	}

	boolean concerns(Misfit misfit) {
		return misfit.concerns().test(this.changed);
	}

	boolean isFounded() {
		return !this.misfits.isEmpty();
	}

	/**
	 * Add a reason.
	 * @param misfit what would break
	 * @param together the rejections that it takes
	 */
	void add(Misfit misfit, List<Rejection> together) {
		this.misfits.add(misfit);
		together.stream()
			.filter((other) -> other != this)
			.forEach((other) -> this.others.add("'" + other.version.source().source().name() + "'"));
	}

	/**
	 * The source with the version that stays in use.
	 */
	SourceState rejected(SecretsState before, Instant now) {
		String versionId = Objects.requireNonNull(this.version.source().snapshot()).version().versionId();
		return before.sources()
			.get(this.version.index())
			.failed(FailureReason.REJECTED, detail(versionId), versionId, now);
	}

	private String detail(String versionId) {
		String named = this.misfits.stream().limit(MAX_NAMED).map(Misfit::toString).collect(Collectors.joining("; "));
		int more = this.misfits.size() - MAX_NAMED;
		return "version " + versionId
				+ (this.others.isEmpty() ? "" : " together with the new version of " + String.join(", ", this.others))
				+ " would break " + named + ((more > 0) ? "; and " + more + " more" : "");
	}

}
