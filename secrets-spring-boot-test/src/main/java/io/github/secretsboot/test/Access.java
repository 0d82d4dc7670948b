package io.github.secretsboot.test;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Lets calls pass that policies allow. Comes before everything else: who may not read a
 * secret does not learn whether there is one.
 */
final class Access {

	static final List<String> DECRYPT = List.of("kms:Decrypt");

	static final List<String> ENCRYPT = List.of("kms:GenerateDataKey", "kms:Decrypt");

	private static final String ANY = "*";

	private Access() {
	}

	/**
	 * Refuse a call that its caller may not make.
	 */
	static void check(Call call) {
		switch (call.operation()) {
			case BATCH_GET_SECRET_VALUE, LIST_SECRETS, GET_RANDOM_PASSWORD ->
				check(call, action(call.operation()), ANY, ANY, null);
			case CREATE_SECRET -> {
				String name = call.request().required("Name", 512);
				check(call, action(call.operation()), call.home().newArn(name), name, null);
			}
			case VALIDATE_RESOURCE_POLICY -> {
				if (call.request().has("SecretId")) {
					check(call, call.operation(), call.request().secretId());
				}
				else {
					check(call, action(call.operation()), ANY, ANY, null);
				}
			}
			default -> check(call, call.operation(), call.request().secretId());
		}
	}

	/**
	 * Refuse a call whose caller may not do something with a secret.
	 */
	static void check(Call call, Operation operation, String secretId) {
		StoredSecret secret = call.store(secretId).find(secretId);
		String arn = (secret != null) ? secret.arn() : call.store(secretId).arnWithoutSuffix(secretId);
		check(call, action(operation), arn, secretId, secret);
	}

	private static void check(Call call, String action, String arn, String shown, @Nullable StoredSecret secret) {
		Principal caller = call.caller();
		@Nullable Policy resourcePolicy = (secret != null) ? secret.policy() : null;
		boolean foreign = !arn.equals(ANY) && !arn.split(":")[4].equals(caller.account());
		if (!caller.known() && resourcePolicy == null && !foreign) {
			return;
		}
		AccessRequest request = new AccessRequest(caller, action, arn, RequestContext.of(call, secret));
		String denial = denial(request, resourcePolicy, foreign);
		if (denial != null) {
			throw AwsError.accessDenied(caller.arn(), action, shown, denial);
		}
	}

	/**
	 * Return why a request is denied, in AWS's words, or {@code null} if it is not.
	 */
	private static @Nullable String denial(AccessRequest request, @Nullable Policy resourcePolicy, boolean foreign) {
		if (request.principal().policies().stream().anyMatch((policy) -> policy.denies(request))) {
			return "with an explicit deny in an identity-based policy";
		}
		if (resourcePolicy != null && resourcePolicy.deniesPrincipal(request)) {
			return "with an explicit deny in a resource-based policy";
		}
		boolean identityAllows = identityAllows(request);
		boolean resourceAllows = resourcePolicy != null && resourcePolicy.allowsPrincipal(request, foreign);
		if (foreign ? !identityAllows : !identityAllows && !resourceAllows) {
			return "because no identity-based policy allows the %s action".formatted(request.action());
		}
		return (foreign && !resourceAllows)
				? "because no resource-based policy allows the %s action".formatted(request.action()) : null;
	}

	private static boolean identityAllows(AccessRequest request) {
		Principal caller = request.principal();
		return !caller.known() || caller.policies().stream().anyMatch((policy) -> policy.allows(request));
	}

	/**
	 * Refuse the use of a secret's key to a caller who may not use it. Key policies are
	 * taken to leave that to the policies of identities, as the default one does.
	 * @param key the key, or {@code null} for AWS's own
	 * @param secretArn the ARN of the secret
	 * @param actions what is done with the key
	 */
	static void checkKey(Call call, @Nullable String key, String secretArn, List<String> actions) {
		Principal caller = call.caller();
		String account = secretArn.split(":")[4];
		if (key == null || key.equals("alias/aws/secretsmanager")) {
			if (!account.equals(caller.account())) {
				throw AwsError.invalidRequest("You can't access a secret from a different AWS account if you encrypt "
						+ "the secret with the default KMS service key.");
			}
			return;
		}
		String arn = key.startsWith("arn:") ? key : "arn:aws:kms:%s:%s:%s".formatted(call.home().region(), account,
				key.startsWith("alias/") ? key : "key/" + key);
		Map<String, List<String>> context = RequestContext.global(call);
		context.put("kms:ViaService", List.of("secretsmanager.%s.amazonaws.com".formatted(call.home().region())));
		context.put("kms:CallerAccount", List.of(caller.account()));
		context.put("kms:EncryptionContext:SecretARN", List.of(secretArn));
		for (String action : actions) {
			AccessRequest request = new AccessRequest(caller, action, arn, context);
			if (!identityAllows(request) || caller.policies().stream().anyMatch((policy) -> policy.denies(request))) {
				throw new AwsError(400, "AccessDeniedException", "Access to KMS is not allowed");
			}
		}
	}

	private static String action(Operation operation) {
		return "secretsmanager:" + operation.wireName();
	}

}
