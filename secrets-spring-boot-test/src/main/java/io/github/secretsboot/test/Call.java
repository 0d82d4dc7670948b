package io.github.secretsboot.test;

import io.github.secretsboot.test.FaultScript.Plan;

/**
 * A call that is to be answered.
 *
 * @param operation the operation
 * @param request what was asked
 * @param plan what happens to the call
 * @param store the secrets of the caller's account
 */
record Call(Operation operation, RequestBody request, Plan plan, SecretStore store) {

}
