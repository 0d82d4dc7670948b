package io.github.secretsboot.test;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The operations on the policies of secrets.
 */
final class PolicyHandlers {

	private static final int MAX_POLICY = 20480;

	void addTo(Map<Operation, Handler> handlers) {
		handlers.put(Operation.PUT_RESOURCE_POLICY, this::put);
		handlers.put(Operation.GET_RESOURCE_POLICY, this::get);
		handlers.put(Operation.DELETE_RESOURCE_POLICY, this::delete);
		handlers.put(Operation.VALIDATE_RESOURCE_POLICY, this::validate);
	}

	private ObjectNode put(Call call) {
		String id = call.request().secretId();
		call.store(id).writable(id);
		Policy policy = policy(call);
		if (call.request().flag("BlockPublicPolicy", false) && policy.isPublic()) {
			throw new AwsError(400, "PublicPolicyException",
					"You can't attach a resource-based policy that allows broad access to the secret.");
		}
		return with(call, id, policy);
	}

	private static Policy policy(Call call) {
		try {
			return Policy.parse(call.request().required("ResourcePolicy", MAX_POLICY));
		}
		catch (PolicyException ex) {
			throw new AwsError(400, "MalformedPolicyDocumentException",
					"This resource policy contains a syntax error.");
		}
	}

	private static ObjectNode with(Call call, String id, @Nullable Policy policy) {
		return ResponseBodies.identity(call.store(id).change(id, (secret) -> secret.with(policy, call.home().now())));
	}

	private ObjectNode get(Call call) {
		String id = call.request().secretId();
		StoredSecret secret = call.store(id).writable(id);
		ObjectNode body = ResponseBodies.identity(secret);
		if (secret.policy() != null) {
			body.put("ResourcePolicy", secret.policy().text());
		}
		return body;
	}

	private ObjectNode delete(Call call) {
		return with(call, call.request().secretId(), null);
	}

	private ObjectNode validate(Call call) {
		if (call.request().has("SecretId")) {
			String id = call.request().secretId();
			call.store(id).describe(id);
		}
		boolean isPublic = policy(call).isPublic();
		ObjectNode body = ResponseBodies.empty().put("PolicyValidationPassed", !isPublic);
		ArrayNode errors = body.putArray("ValidationErrors");
		if (isPublic) {
			errors.addObject()
				.put("CheckName", "BLOCK_PUBLIC_POLICY")
				.put("ErrorMessage", "This resource policy grants broad access to your secret. Secrets Manager does "
						+ "not allow creating and applying such policies in the console.");
		}
		return body;
	}

}
