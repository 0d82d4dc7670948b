package io.github.secretsboot.test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lists the secrets.
 */
final class ListHandler implements Handler {

	private static final int MAX_PAGE = 100;

	private static final List<String> ORDERS = List.of("created-date", "last-accessed-date", "last-changed-date",
			"name");

	@Override
	public ObjectNode answer(Call call) {
		RequestBody request = call.request();
		boolean deletedToo = request.flag("IncludePlannedDeletion", false);
		Predicate<StoredSecret> filter = SecretFilter.allOf(request);
		List<StoredSecret> secrets = new ArrayList<>(call.home().list());
		secrets.removeIf((secret) -> secret.deletion() != null && !deletedToo);
		secrets.removeIf(filter.negate());
		sort(secrets, request);
		ObjectNode body = ResponseBodies.empty();
		Page.of(secrets, request, MAX_PAGE)
			.addTo(body, "SecretList", (secret) -> ResponseBodies.description(secret, "SecretVersionsToStages"));
		return body;
	}

	/**
	 * Sort. Secrets that an order does not tell apart are in the order of their creation.
	 */
	private static void sort(List<StoredSecret> secrets, RequestBody request) {
		secrets.sort(ascending(request.choice("SortBy", ORDERS)));
		if ("desc".equals(request.choice("SortOrder", List.of("asc", "desc")))) {
			Collections.reverse(secrets);
		}
	}

	private static Comparator<StoredSecret> ascending(@Nullable String by) {
		return switch ((by != null) ? by : "created-date") {
			case "name" -> Comparator.comparing(StoredSecret::name);
			case "last-changed-date" -> Comparator.comparing((secret) -> secret.dates().changed());
			case "last-accessed-date" -> Comparator.comparing(ListHandler::read);
			default -> Comparator.comparing((secret) -> secret.dates().created());
		};
	}

	private static Instant read(StoredSecret secret) {
		Instant day = secret.dates().read();
		return (day != null) ? day : Instant.MIN;
	}

}
