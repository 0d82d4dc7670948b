package io.github.secretsboot.test;

import tools.jackson.databind.node.ObjectNode;

/**
 * Ends the rotation of a secret. A version that is pending stays so.
 */
final class CancelRotateHandler implements Handler {

	@Override
	public ObjectNode answer(Call call) {
		String id = call.request().secretId();
		StoredSecret secret = call.store(id).writable(id);
		RotationSettings settings = AwsError.require(secret.rotation(),
				() -> AwsError.invalidRequest("You tried to enable rotation on a secret that doesn't already have a "
						+ "Lambda function ARN configured and you didn't include such an ARN as a parameter in this "
						+ "call."));
		ObjectNode body = ResponseBodies.identity(call.store(id).save(secret.with(settings.cancelled())));
		SecretVersion pending = secret.versions().findByStage(SecretVersions.PENDING);
		return (pending != null) ? body.put("VersionId", pending.id()) : body;
	}

}
