package io.github.secretsboot.iam;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A statement of an IAM policy that allows one action. The one place that such texts come
 * from: failure reports, log messages and the endpoint.
 */
public final class IamStatement {

	private static final String GET = "secretsmanager:GetSecretValue";

	private static final String BATCH = "secretsmanager:BatchGetSecretValue";

	private static final String DECRYPT = "kms:Decrypt";

	private static final String ASSUME = "sts:AssumeRole";

	private static final String RESOURCE = "Resource";

	private final Map<String, Object> members = new LinkedHashMap<>();

	private IamStatement(String action, Collection<String> resources) {
		List<String> distinct = List.copyOf(new LinkedHashSet<>(resources));
		this.members.put("Effect", "Allow");
		this.members.put("Action", action);
		this.members.put(RESOURCE, (distinct.size() == 1) ? distinct.get(0) : distinct);
	}

	/**
	 * What reading secrets needs.
	 * @param secrets the secrets
	 * @return the statement
	 */
	public static IamStatement get(SecretArn... secrets) {
		return get(List.of(secrets));
	}

	/**
	 * What reading secrets needs.
	 * @param secrets the secrets
	 * @return the statement
	 */
	public static IamStatement get(Collection<SecretArn> secrets) {
		return new IamStatement(GET, secrets.stream().map(SecretArn::value).toList());
	}

	/**
	 * What reading up to 20 secrets with one call needs in addition. AWS knows no
	 * narrower resource for it, and it shows nothing that {@link #get} does not allow.
	 * @return the statement
	 */
	public static IamStatement batchGet() {
		return new IamStatement(BATCH, List.of("*"));
	}

	/**
	 * What reading a secret needs in addition that is encrypted with a key of one's own.
	 * @param key the ARN of the key
	 * @return the statement
	 */
	public static IamStatement decrypt(String key) {
		return new IamStatement(DECRYPT, List.of(key));
	}

	/**
	 * The same for secrets whose keys are not known: any key, but only for Secrets
	 * Manager and only for these secrets.
	 * @param secrets the secrets
	 * @return the statement
	 */
	public static IamStatement decrypt(Collection<SecretArn> secrets) {
		Set<String> arns = new LinkedHashSet<>();
		Set<String> keys = new TreeSet<>();
		Set<String> services = new TreeSet<>();
		for (SecretArn secret : secrets) {
			arns.add(secret.value());
			keys.add(secret.kmsKeys());
			services.add("secretsmanager." + secret.region() + ".amazonaws.com");
		}
		IamStatement statement = new IamStatement(DECRYPT, keys);
		Map<String, Object> like = new LinkedHashMap<>();
		like.put("kms:ViaService", new ArrayList<>(services));
		like.put("kms:EncryptionContext:SecretARN", new ArrayList<>(arns));
		statement.members.put("Condition", Map.of("StringLike", like));
		return statement;
	}

	/**
	 * What reading secrets as other roles needs.
	 * @param roleArns the ARNs of the roles
	 * @return the statement
	 */
	public static IamStatement assume(Collection<String> roleArns) {
		return new IamStatement(ASSUME, roleArns);
	}

	/**
	 * What the policy of a secret needs so that somebody may read it.
	 * @param principal the ARN of a user or role
	 * @return the statement
	 */
	public static IamStatement getBy(String principal) {
		return new IamStatement(GET, List.of("*")).by(principal);
	}

	/**
	 * What the trust policy of a role needs so that somebody may assume it.
	 * @param principal the ARN of a user or role
	 * @return the statement
	 */
	public static IamStatement assumeBy(String principal) {
		IamStatement statement = new IamStatement(ASSUME, List.of());
		statement.members.remove(RESOURCE);
		return statement.by(principal);
	}

	private IamStatement by(String principal) {
		this.members.put("Principal", Map.of("AWS", principal));
		return this;
	}

	/**
	 * The statement as it is serialized.
	 * @return the members in AWS's order
	 */
	public Map<String, Object> toMap() {
		return this.members;
	}

	/**
	 * The statement as one line of JSON.
	 */
	@Override
	public String toString() {
		return json(this.members);
	}

	private static String json(Object value) {
		if (value instanceof Map<?, ?> map) {
			return map.entrySet()
				.stream()
				.map((entry) -> json(entry.getKey()) + ": " + json(entry.getValue()))
				.collect(Collectors.joining(", ", "{", "}"));
		}
		if (value instanceof Collection<?> collection) {
			return collection.stream().map(IamStatement::json).collect(Collectors.joining(", ", "[", "]"));
		}
		return "\"" + value.toString().replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
	}

}
