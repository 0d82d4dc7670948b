package io.github.secretsboot.diagnostics;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.secretsboot.SecretFailure;
import io.github.secretsboot.fetch.Denial;
import io.github.secretsboot.fetch.Denial.PolicyType;
import io.github.secretsboot.iam.IamStatement;
import io.github.secretsboot.iam.SecretArn;

/**
 * What to do about a denial: which statement to add or to remove, and in whose policy.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_iam-policies.html">AWS
 * Secrets Manager: Identity-based policies</a>
 */
final class AccessRemedy {

	private static final Pattern ROLE = Pattern.compile("(?<=resource: )arn:[^:]+:iam::\\d{12}:role/[^\\s\"]+");

	private static final String ASSUME_ROLE = "sts:AssumeRole";

	private final SecretFailure failure;

	private final Denial denial;

	private final boolean assumingRole;

	private AccessRemedy(SecretFailure failure) {
		this.failure = failure;
		this.denial = Denial.of(failure.detail());
		this.assumingRole = failure.detail().contains(ASSUME_ROLE);
	}

	static String of(SecretFailure failure) {
		return new AccessRemedy(failure).text();
	}

	private String text() {
		PolicyType policy = this.denial.policy();
		if (policy == null) {
			return add("policies of " + this.denial.who(), needed()) + "\nIf the statement exists, a policy of the "
					+ (this.assumingRole ? "role to assume" : "secret")
					+ ", of a VPC endpoint or of the organization may deny it.";
		}
		if (this.denial.explicit()) {
			return "Remove or narrow the statement with \"Effect\": \"Deny\" in the " + place(policy)
					+ ". As long as it exists, no other statement helps.";
		}
		return switch (policy) {
			case IDENTITY -> add(place(policy), needed());
			case RESOURCE -> add(place(policy), neededByPrincipal())
					+ "\nA caller from another account also needs the permission in its own policy.";
			default -> add(place(policy), needed()) + "\nIt limits what the other policies can allow.";
		};
	}

	private String add(String place, IamStatement statement) {
		// AWS gives the same answer for both, in order not to reveal which names exist
		String hint = this.assumingRole ? ""
				: "Check the name and the region first: AWS also denies access to a secret that does not exist. If they are right:\n";
		return hint + "Add this statement to the " + place + ":\n    " + statement;
	}

	private IamStatement needed() {
		return this.assumingRole ? IamStatement.assume(List.of(roleToAssume())) : read();
	}

	private IamStatement neededByPrincipal() {
		return this.assumingRole ? IamStatement.assumeBy(this.denial.principal())
				: IamStatement.getBy(this.denial.principal());
	}

	private String place(PolicyType policy) {
		return switch (policy) {
			case IDENTITY -> "policies of " + this.denial.who();
			case RESOURCE -> this.assumingRole ? "trust policy of the role to assume"
					: "resource policy of the secret (aws secretsmanager get-resource-policy)";
			case BOUNDARY -> "permissions boundary of " + this.denial.who();
			case SESSION -> "session policy that " + this.denial.who() + " was assumed with";
			case SERVICE_CONTROL -> "service control policies of the organization, for the account of the caller";
			case RESOURCE_CONTROL -> "resource control policies of the organization, for the account of the secret";
			case VPC_ENDPOINT -> "policy of the VPC endpoint for Secrets Manager (aws ec2 describe-vpc-endpoints)";
		};
	}

	private String roleToAssume() {
		Matcher role = ROLE.matcher(this.failure.detail());
		return role.find() ? role.group() : "<role-arn of the entry>";
	}

	/**
	 * AWS names the caller; a secret without an ARN is in the caller's account, and as
	 * long as it does not exist, its ARN has no suffix.
	 */
	private IamStatement read() {
		String name = this.failure.secretName();
		SecretArn arn = SecretArn.of(name, this.failure.region(), this.denial.account());
		return name.startsWith("arn:") ? IamStatement.get(arn) : IamStatement.get(arn, arn.withoutSuffix());
	}

}
