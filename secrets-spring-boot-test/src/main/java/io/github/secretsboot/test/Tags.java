package io.github.secretsboot.test;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The tags in a request.
 */
final class Tags {

	private static final int MAX_KEY = 128;

	private static final int MAX_VALUE = 256;

	private Tags() {
	}

	static Map<String, String> of(RequestBody request) {
		Map<String, String> tags = new LinkedHashMap<>();
		for (RequestBody tag : request.objects("Tags")) {
			String value = tag.text("Value", 0, MAX_VALUE);
			tags.put(tag.required("Key", MAX_KEY), (value != null) ? value : "");
		}
		return tags;
	}

	static @Nullable Map<String, String> emptyToNull(Map<String, String> tags) {
		return tags.isEmpty() ? null : tags;
	}

}
