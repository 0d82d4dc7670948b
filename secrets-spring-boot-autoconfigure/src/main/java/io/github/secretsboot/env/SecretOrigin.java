package io.github.secretsboot.env;

import org.springframework.boot.origin.Origin;

/**
 * Says that a property comes from a secret, and from which version. Boot shows it in
 * {@code /actuator/env} and in binding failures.
 *
 * @param secretName the name or ARN as the application wrote it, expanded
 * @param versionId the version
 */
public record SecretOrigin(String secretName, String versionId) implements Origin {

	@Override
	public String toString() {
		return "secret '" + this.secretName + "' in AWS Secrets Manager, version " + this.versionId;
	}

}
