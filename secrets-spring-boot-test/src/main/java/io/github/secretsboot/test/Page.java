package io.github.secretsboot.test;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The part of a list that a request asks for by {@code MaxResults} and {@code NextToken}.
 *
 * @param <T> what is listed
 * @param elements the elements of this page
 * @param nextToken asks for the next page, if there is one
 */
record Page<T>(List<T> elements, @Nullable String nextToken) {

	private static final int MAX_TOKEN = 4096;

	static <T> Page<T> of(List<T> all, RequestBody request, int maxSize) {
		Integer size = request.number("MaxResults", 1, maxSize);
		int start = Math.min(position(request.text("NextToken", 1, MAX_TOKEN)), all.size());
		int end = Math.min(all.size(), start + ((size != null) ? size : maxSize));
		return new Page<>(all.subList(start, end), (end < all.size()) ? token(end) : null);
	}

	void addTo(ObjectNode body, String member, Function<T, ObjectNode> toJson) {
		ArrayNode array = body.putArray(member);
		this.elements.forEach((element) -> array.add(toJson.apply(element)));
		addTokenTo(body);
	}

	void addTokenTo(ObjectNode body) {
		if (this.nextToken != null) {
			body.put("NextToken", this.nextToken);
		}
	}

	private static String token(int position) {
		return Base64.getEncoder().encodeToString(Integer.toString(position).getBytes(StandardCharsets.UTF_8));
	}

	private static int position(@Nullable String token) {
		try {
			return (token == null) ? 0
					: Integer.parseUnsignedInt(new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8));
		}
		catch (IllegalArgumentException ex) {
			throw new AwsError(400, "InvalidNextTokenException", "The NextToken value is invalid.");
		}
	}

}
