package io.github.secretsboot.test;

import java.util.ArrayList;
import java.util.List;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A policy of an identity or of a secret.
 *
 * @param text the policy as it was given
 * @param statements what it says
 */
record Policy(String text, List<PolicyStatement> statements) {

	/**
	 * Read a policy.
	 * @throws PolicyException if it is none, or one that cannot be evaluated
	 */
	static Policy parse(String text) {
		if (!(read(text) instanceof ObjectNode json) || !json.has("Statement")) {
			throw new PolicyException("it is no JSON object with a Statement");
		}
		JsonNode statement = json.path("Statement");
		List<PolicyStatement> statements = new ArrayList<>();
		(statement.isArray() ? statement.values() : List.of(statement))
			.forEach((element) -> statements.add(PolicyStatement.parse(element)));
		return new Policy(text, statements);
	}

	private static JsonNode read(String text) {
		try {
			return Json.MAPPER.readTree(text);
		}
		catch (JacksonException ex) {
			throw new PolicyException("it is no JSON");
		}
	}

	boolean denies(AccessRequest request) {
		return this.statements.stream().anyMatch((statement) -> !statement.allow() && statement.concerns(request));
	}

	boolean allows(AccessRequest request) {
		return this.statements.stream().anyMatch((statement) -> statement.allow() && statement.concerns(request));
	}

	/**
	 * Whether this policy of a secret denies a request.
	 */
	boolean deniesPrincipal(AccessRequest request) {
		return this.statements.stream()
			.anyMatch((statement) -> !statement.allow() && statement.concerns(request)
					&& statement.names(request.principal(), true));
	}

	/**
	 * Whether this policy of a secret allows a request.
	 * @param throughAccount whether it is enough that it allows it to the account
	 */
	boolean allowsPrincipal(AccessRequest request, boolean throughAccount) {
		return this.statements.stream()
			.anyMatch((statement) -> statement.allow() && statement.concerns(request)
					&& statement.names(request.principal(), throughAccount));
	}

	/**
	 * Whether this policy of a secret allows something to everybody on earth.
	 */
	boolean isPublic() {
		return this.statements.stream().anyMatch((statement) -> statement.allow() && statement.isForEverybody());
	}

}
