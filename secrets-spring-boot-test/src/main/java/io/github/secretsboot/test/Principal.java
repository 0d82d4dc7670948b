package io.github.secretsboot.test;

import java.util.List;
import java.util.Map;

/**
 * Who makes a call.
 *
 * @param account the account
 * @param arn the ARN in AWS's messages: of a role, that of its session
 * @param identityArn the ARN of the user or role
 * @param known whether it is a user or role that the server was told of; anybody else is
 * somebody of the account who may do everything there
 * @param policies what its policies say
 * @param context what conditions may ask about it, by condition key
 */
record Principal(String account, String arn, String identityArn, boolean known, List<Policy> policies,
		Map<String, List<String>> context) {

	static Principal anybody(String account) {
		String arn = "arn:aws:iam::%s:user/fake-user".formatted(account);
		return new Principal(account, arn, arn, false, List.of(), Map.of());
	}

}
