package io.github.secretsboot.test;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The operations on tags, which answer nothing.
 */
final class TagHandlers {

	private static final int MAX_TAGS = 50;

	void addTo(Map<Operation, Handler> handlers) {
		handlers.put(Operation.TAG_RESOURCE, this::tag);
		handlers.put(Operation.UNTAG_RESOURCE, this::untag);
	}

	private @Nullable ObjectNode tag(Call call) {
		String id = call.request().secretId();
		Map<String, String> tags = Tags.of(call.request());
		call.store(id).change(id, (secret) -> secret.with(secret.details().tagged(tags), call.home().now()));
		return null;
	}

	private @Nullable ObjectNode untag(Call call) {
		String id = call.request().secretId();
		List<String> keys = AwsError.require(call.request().texts("TagKeys", MAX_TAGS),
				() -> AwsError.constraint("null", "tagKeys", "not be null"));
		call.store(id).change(id, (secret) -> secret.with(secret.details().untagged(keys), call.home().now()));
		return null;
	}

}
