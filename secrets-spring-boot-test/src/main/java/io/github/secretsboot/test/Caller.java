package io.github.secretsboot.test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An IAM user or role with its policies. Pass it to
 * {@link SecretsManagerServer#caller(Caller)} to test a policy:
 *
 * <pre>{@code
 * server.caller(Caller.role("myapp").policy("""
 *         {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "secretsmanager:GetSecretValue",
 *           "Resource": "arn:aws:secretsmanager:*:*:secret:myapp/*"}]}"""));
 * }</pre>
 *
 * If no policy allows a call, or if one denies it, the server responds with AWS's
 * {@code AccessDeniedException}. It evaluates actions, resources, conditions and
 * variables as IAM does, including those of policies that are attached to secrets.
 * Callers are immutable: each method returns a new one.
 *
 * @since 0.1.0
 */
public final class Caller {

	private final String type;

	private final String name;

	private final List<Policy> policies;

	private final Map<String, List<String>> context;

	private Caller(String type, String name, List<Policy> policies, Map<String, List<String>> context) {
		this.type = type;
		this.name = name;
		this.policies = policies;
		this.context = context;
	}

	/**
	 * Create a role. Without a policy, it may do nothing.
	 * @param nameOrArn its name in the account of the server, or its ARN
	 * @return the caller
	 */
	public static Caller role(String nameOrArn) {
		return new Caller("role", nameOrArn, List.of(), Map.of());
	}

	/**
	 * Create a user. Without a policy, it may do nothing.
	 * @param nameOrArn its name in the account of the server, or its ARN
	 * @return the caller
	 */
	public static Caller user(String nameOrArn) {
		return new Caller("user", nameOrArn, List.of(), Map.of());
	}

	/**
	 * Attach a policy in addition to those already attached.
	 * @param json an identity-based policy
	 * @return the caller with the policy
	 * @throws IllegalArgumentException if the text is not a policy, or if it cannot be
	 * evaluated
	 */
	public Caller policy(String json) {
		List<Policy> policies = new ArrayList<>(this.policies);
		policies.add(Policy.parse(json));
		return new Caller(this.type, this.name, policies, this.context);
	}

	/**
	 * Set a condition key of the caller's requests.
	 * @param key a condition key, such as {@code aws:PrincipalTag/team} or
	 * {@code aws:SourceVpce}
	 * @param values its values
	 * @return the caller with the condition key
	 */
	public Caller with(String key, String... values) {
		Map<String, List<String>> context = new HashMap<>(this.context);
		context.put(key, List.of(values));
		return new Caller(this.type, this.name, this.policies, context);
	}

	Principal in(String homeAccount) {
		boolean arn = this.name.startsWith("arn:");
		String account = arn ? this.name.split(":")[4] : homeAccount;
		String identityArn = arn ? this.name : "arn:aws:iam::%s:%s/%s".formatted(account, this.type, this.name);
		String plainName = this.name.substring(this.name.lastIndexOf('/') + 1);
		String callerArn = this.type.equals("role")
				? "arn:aws:sts::%s:assumed-role/%s/fake-session".formatted(account, plainName) : identityArn;
		Map<String, List<String>> context = new HashMap<>();
		if (this.type.equals("user")) {
			context.put("aws:username", List.of(plainName));
		}
		context.putAll(this.context);
		return new Principal(account, callerArn, identityArn, true, this.policies, context);
	}

	@Override
	public String toString() {
		return "Caller[%s=%s, policies=%d]".formatted(this.type, this.name, this.policies.size());
	}

}
