package io.github.secretsboot.test;

import io.github.secretsboot.test.FaultScript.Plan;

/**
 * A call that is to be answered.
 *
 * @param operation the operation
 * @param request what was asked
 * @param plan what happens to the call
 * @param caller who asked
 * @param home the secrets of the caller's account, where the call arrived
 * @param partition what else there is
 */
record Call(Operation operation, RequestBody request, Plan plan, Principal caller, SecretStore home,
		Partition partition) {

	/**
	 * Return where a secret is. Whoever means one of another account has to say so, with
	 * its ARN.
	 */
	SecretStore store(String secretId) {
		String[] parts = secretId.split(":", 7);
		return (parts.length == 7 && parts[0].equals("arn") && parts[4].matches("\\d{12}"))
				? this.partition.store(parts[4], this.home.region()) : this.home;
	}

}
