package io.github.secretsboot.test;

import org.jspecify.annotations.Nullable;

/**
 * The errors that faults answer with.
 */
final class FaultErrors {

	private FaultErrors() {
	}

	/**
	 * Return the error for a call, which names the secret as the call does.
	 */
	static AwsError of(Fault fault, Principal caller, Operation operation, @Nullable String secretId) {
		if (fault.effect() instanceof Effect.Reply reply) {
			return new AwsError(reply.status(), reply.code(), reply.message());
		}
		String action = "secretsmanager:" + operation.wireName();
		String reason = fault.isWholeBatch() ? "with an explicit deny in a VPC endpoint policy"
				: "because no identity-based policy allows the %s action".formatted(action);
		return AwsError.accessDenied(caller.arn(), action, resource(operation, secretId), reason);
	}

	private static String resource(Operation operation, @Nullable String secretId) {
		return (secretId == null || operation == Operation.BATCH_GET_SECRET_VALUE) ? "*" : secretId;
	}

}
