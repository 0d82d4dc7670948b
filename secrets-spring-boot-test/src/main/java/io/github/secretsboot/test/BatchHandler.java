package io.github.secretsboot.test;

import java.util.List;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the current versions of several secrets.
 */
final class BatchHandler implements Handler {

	private static final int MAX_PAGE = 20;

	@Override
	public ObjectNode answer(Call call) {
		List<String> ids = call.request().texts("SecretIdList", MAX_PAGE);
		boolean filtered = call.request().has("Filters");
		if (filtered == (ids != null)) {
			throw AwsError.invalidParameter("Either 'SecretIdList' or 'Filters' must be provided, but not both.");
		}
		return (ids != null) ? byIds(call, ids) : byFilters(call);
	}

	private ObjectNode byIds(Call call, List<String> ids) {
		for (String member : List.of("MaxResults", "NextToken")) {
			if (call.request().has(member)) {
				throw AwsError
					.invalidParameter("'Filters' not specified. 'Filters' must also be specified when '%s' is provided."
						.formatted(member));
			}
		}
		return values(call, ids);
	}

	private ObjectNode byFilters(Call call) {
		Predicate<StoredSecret> filter = SecretFilter.allOf(call.request());
		List<String> names = call.home()
			.list()
			.stream()
			.filter((secret) -> secret.deletion() == null)
			.filter(filter)
			.map(StoredSecret::name)
			.toList();
		Page<String> page = Page.of(names, call.request(), MAX_PAGE);
		ObjectNode body = values(call, page.elements());
		page.addTokenTo(body);
		return body;
	}

	private ObjectNode values(Call call, List<String> ids) {
		ObjectNode body = ResponseBodies.empty();
		ArrayNode values = body.putArray("SecretValues");
		ArrayNode errors = body.putArray("Errors");
		for (String id : ids) {
			try {
				values.add(value(call, id));
			}
			catch (AwsError ex) {
				errors.add(ResponseBodies.error(id, ex));
			}
		}
		return body;
	}

	private ObjectNode value(Call call, String id) {
		@Nullable Fault fault = call.plan().faultsById().get(id);
		if (fault != null) {
			throw FaultErrors.of(fault, call.caller(), Operation.GET_SECRET_VALUE, id);
		}
		SecretId.requireNameOrArn(id);
		Access.check(call, Operation.GET_SECRET_VALUE, id);
		return VersionHandlers.value(call, id, null, null);
	}

}
