package io.github.secretsboot.test;

import tools.jackson.databind.node.ObjectNode;

/**
 * Makes random passwords.
 */
final class PasswordHandler implements Handler {

	private static final int MAX_LENGTH = 4096;

	private static final int DEFAULT_LENGTH = 32;

	@Override
	public ObjectNode answer(Call call) {
		RequestBody request = call.request();
		Integer length = request.number("PasswordLength", 1, MAX_LENGTH);
		String password = new RandomPassword(request).generate((length != null) ? length : DEFAULT_LENGTH,
				request.flag("RequireEachIncludedType", true));
		return ResponseBodies.empty().put("RandomPassword", password);
	}

}
