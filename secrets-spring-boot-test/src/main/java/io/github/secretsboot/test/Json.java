package io.github.secretsboot.test;

import tools.jackson.databind.json.JsonMapper;

/**
 * Reads and writes JSON.
 */
final class Json {

	/** One for all, because making one takes longer than a server's start. */
	static final JsonMapper MAPPER = JsonMapper.builder().build();

	private Json() {
	}

}
