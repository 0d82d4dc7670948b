package io.github.secretsboot.test;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import tools.jackson.databind.node.ObjectNode;

/**
 * What EventBridge says of staging labels that have moved.
 */
final class LabelEvents {

	private static final Set<String> UNSAID = Set.of(SecretVersions.PENDING, SecretVersions.PREVIOUS);

	private LabelEvents() {
	}

	/**
	 * Return the events, in JSON, for labels that have come to another version.
	 */
	static List<String> between(StoredSecret before, StoredSecret after, Instant time) {
		List<String> events = new ArrayList<>();
		for (SecretVersion version : after.versions().all()) {
			SecretVersion earlier = before.versions().find(version.id());
			for (String stage : version.stages()) {
				boolean stayed = earlier != null && earlier.stages().contains(stage);
				if (!stayed && !UNSAID.contains(stage)) {
					events.add(event(after, stage, version.id(), time).toString());
				}
			}
		}
		return events;
	}

	private static ObjectNode event(StoredSecret secret, String stage, String versionId, Instant time) {
		String[] arn = secret.arn().split(":");
		ObjectNode event = ResponseBodies.empty()
			.put("version", "0")
			.put("id", UUID.randomUUID().toString())
			.put("detail-type", "Secret Label Updated")
			.put("source", "aws.secretsmanager")
			.put("account", arn[4])
			.put("time", time.truncatedTo(ChronoUnit.SECONDS).toString())
			.put("region", arn[3]);
		event.putArray("resources").add(secret.arn());
		event.putObject("detail").put("name", secret.name()).put("labelUpdated", stage).put("versionId", versionId);
		return event;
	}

}
