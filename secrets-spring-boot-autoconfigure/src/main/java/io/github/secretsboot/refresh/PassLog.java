package io.github.secretsboot.refresh;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.secretsboot.SecretChange;
import io.github.secretsboot.mapping.LeftOut;
import io.github.secretsboot.properties.Collision;
import io.github.secretsboot.properties.PropertyIndex;
import io.github.secretsboot.refresh.SourceState.Failure;
import org.apache.commons.logging.Log;

/**
 * Says once what people want to know about passes, with names and without values. Called
 * by one pass at a time.
 */
class PassLog {

	private final Log log;

	private final Set<Collision> reportedCollisions = new HashSet<>();

	private final Set<List<String>> reportedNames = new HashSet<>();

	PassLog(Log log) {
		this.log = log;
	}

	void collisions(PropertyIndex properties) {
		properties.collisions().stream().filter(this.reportedCollisions::add).forEach(this::collision);
	}

	private void collision(Collision collision) {
		this.log.warn("Property '" + collision.name() + "' is defined by secret '" + collision.ignoredSecret()
				+ "' and by secret '" + collision.usedSecret() + "', which wins because it is listed later."
				+ " Give one of them a 'prefix' or another name under 'keys'.");
	}

	void leftOut(SourceState state) {
		SecretSource source = state.source();
		LeftOut leftOut = state.leftOut();
		List<String> ignored = unreported("ignored", source, leftOut.ignored());
		if (!ignored.isEmpty()) {
			List<String> allowed = new ArrayList<>(source.mapping().allow().patterns());
			allowed.addAll(leftOut.ignored());
			this.log.warn("Secret '" + source.name() + "' must not configure the framework, so it does not set "
					+ join("'", ignored) + ". To allow that, add to the entry '" + source.declaredName()
					+ "' in secrets.sources: allow: [" + join("\"", allowed) + "]");
		}
		List<String> missing = unreported("missing", source, leftOut.missing());
		if (!missing.isEmpty()) {
			this.log.warn("Secret '" + source.name() + "' has no key " + join("'", missing)
					+ ", which 'only' lists. These keys of the secret are not listed: " + join("'", leftOut.unasked()));
		}
	}

	private List<String> unreported(String kind, SecretSource source, Set<String> names) {
		return names.stream().filter((name) -> this.reportedNames.add(List.of(kind, source.name(), name))).toList();
	}

	private static String join(String quote, Collection<String> names) {
		return names.stream().map((name) -> quote + name + quote).collect(Collectors.joining(", "));
	}

	void checked(SourceState before, SourceState after) {
		if (before.snapshot() == null) {
			return;
		}
		Failure failure = after.failure();
		if (failure == null && before.failure() != null) {
			this.log.info("Secret '" + after.source().name() + "' is current again");
		}
		if (failure != null && (before.failure() == null || before.failure().reason() != failure.reason())) {
			this.log
				.warn("Secret '" + after.source().name() + "' could not be refreshed, so its last good values stay in"
						+ " use: " + failure.reason() + " (" + failure.detail() + ")");
		}
	}

	void changed(SecretChange change) {
		this.log.info("Secret '" + change.secretName() + "' changed from version " + change.oldVersionId() + " to "
				+ change.newVersionId() + ": " + change.propertyNames());
	}

}
