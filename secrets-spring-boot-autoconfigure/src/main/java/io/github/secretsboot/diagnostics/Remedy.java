package io.github.secretsboot.diagnostics;

import java.util.List;

import io.github.secretsboot.SecretFailure;
import io.github.secretsboot.iam.IamStatement;
import io.github.secretsboot.iam.SecretArn;

/**
 * What to do about a failure: the statement to add, the command to run or the property to
 * change.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_iam-policies.html">AWS
 * Secrets Manager: Identity-based policies</a>
 */
final class Remedy {

	private final SecretFailure failure;

	private Remedy(SecretFailure failure) {
		this.failure = failure;
	}

	static String of(SecretFailure failure) {
		return new Remedy(failure).text();
	}

	private String text() {
		String name = this.failure.secretName();
		return switch (this.failure.reason()) {
			case NOT_FOUND -> "Check the name, the staging label and the region, or create it:\n    "
					+ command("create-secret --name " + name + " --secret-string file://secret.json")
					+ "\nIf the application can do without it, set 'optional: true' on its entry of secrets.sources."
					+ " To read a secret of another account, use its ARN.";
			case ACCESS_DENIED -> AccessRemedy.of(this.failure);
			case DECRYPTION_FAILED ->
				"Check that the key is enabled and that its key policy allows the role that reads the"
						+ " secret. Add this statement to the policies of that role, ideally with the ARN of the key as its"
						+ " resource:\n    "
						+ IamStatement.decrypt(List.of(SecretArn.of(name, this.failure.region(), null)))
						+ "\nTo find the key:\n    "
						+ command("describe-secret --secret-id " + name + " --query KmsKeyId");
			case MARKED_FOR_DELETION -> "If it is still needed, restore it:\n    "
					+ command("restore-secret --secret-id " + name) + "\nOtherwise remove it from secrets.sources.";
			case NO_CREDENTIALS -> "Give the application a role (ECS task role, EKS pod identity or IRSA, EC2 instance"
					+ " profile), or for development set spring.cloud.aws.credentials.profile.name,"
					+ " spring.cloud.aws.credentials.access-key and .secret-key, or AWS_PROFILE. To see the caller of the"
					+ " credentials in use:\n    aws sts get-caller-identity";
			case EXPIRED_CREDENTIALS -> "Renew the credentials (for a profile with single sign-on: aws sso login), or"
					+ " use a role, whose credentials AWS renews. If they are fresh, check the clock of the machine.";
			case NO_REGION -> "Set spring.cloud.aws.region.static, for example to eu-central-1, or the environment"
					+ " variable AWS_REGION.";
			case THROTTLED -> "Start fewer instances at once or raise secrets.fetch.timeout. If other clients of the"
					+ " account use up the quota of BatchGetSecretValue (100 calls per second), set"
					+ " secrets.fetch.batch=never.";
			case TIMED_OUT -> "Check that the endpoint can be reached and responds. Then check the proxy and the"
					+ " security groups of a VPC endpoint. To wait longer, raise secrets.fetch.timeout.";
			case UNREACHABLE -> "Check spring.cloud.aws.endpoint, spring.cloud.aws.region.static, name resolution,"
					+ " proxy, and that the network has a route to Secrets Manager (NAT gateway or VPC endpoint).";
			case MALFORMED -> "Correct the content of the secret, or set 'format: text' on its entry of"
					+ " secrets.sources if it is meant to be plain text. If it is a database secret with other keys, map"
					+ " them under 'keys'.";
			case REJECTED -> "Put a version into the secret that the application's SecretValidator accepts, then POST"
					+ " to /actuator/secrets.";
			case SERVICE_ERROR -> "Look up the error code, check that the name is valid and that the endpoint is"
					+ " Secrets Manager's, and see https://health.aws.amazon.com for outages.";
		};
	}

	private String command(String command) {
		String region = this.failure.region();
		return "aws secretsmanager " + command + ((region != null) ? " --region " + region : "");
	}

}
