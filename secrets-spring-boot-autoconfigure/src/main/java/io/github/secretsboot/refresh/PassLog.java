package io.github.secretsboot.refresh;

import java.util.HashSet;
import java.util.Set;

import io.github.secretsboot.SecretChange;
import io.github.secretsboot.refresh.SourceState.Failure;
import org.apache.commons.logging.Log;

/**
 * Says once what people want to know about passes, with names and without values. Called
 * by one pass at a time.
 */
class PassLog {

	private final Log log;

	private final Set<Collision> reportedCollisions = new HashSet<>();

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

	void checked(SourceState before, SourceState after) {
		if (before.snapshot() == null) {
			return;
		}
		Failure failure = after.failure();
		if (failure == null && before.failure() != null) {
			this.log.info("Secret '" + after.source().name() + "' is current again");
		}
		if (failure != null && (before.failure() == null || before.failure().reason() != failure.reason())) {
			this.log.warn("Secret '" + after.source().name() + "' could not be refreshed, its last good values stay in"
					+ " use: " + failure.reason() + " (" + failure.detail() + ")");
		}
	}

	void changed(SecretChange change) {
		this.log.info("Secret '" + change.secretName() + "' changed from version " + change.oldVersionId() + " to "
				+ change.newVersionId() + ": " + change.propertyNames());
	}

}
