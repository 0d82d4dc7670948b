package io.github.secretsboot.test;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiPredicate;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A statement of a policy.
 *
 * @param allow whether it allows or denies
 * @param principals who it is about; {@code null} where it does not say
 * @param notPrincipals who it is not about
 * @param actions which actions
 * @param notActions or all but which
 * @param resources which resources; {@code null} where it does not say
 * @param notResources or all but which
 * @param conditions what else has to hold
 */
record PolicyStatement(boolean allow, @Nullable List<String> principals, @Nullable List<String> notPrincipals,
		@Nullable List<String> actions, @Nullable List<String> notActions, @Nullable List<String> resources,
		@Nullable List<String> notResources, List<PolicyCondition> conditions) {

	private static final Set<String> MEMBERS = Set.of("Sid", "Effect", "Principal", "NotPrincipal", "Action",
			"NotAction", "Resource", "NotResource", "Condition");

	/** What AWS's check for public policies takes for a limit. */
	private static final Set<String> FIXED = Set.of("aws:sourcearn", "aws:sourcevpc", "aws:sourcevpce",
			"aws:sourceaccount", "aws:sourceip", "aws:principalorgid", "aws:principalaccount", "aws:principalarn");

	static PolicyStatement parse(JsonNode json) {
		json.propertyNames().forEach((member) -> {
			if (!MEMBERS.contains(member)) {
				throw new PolicyException("unknown element " + member);
			}
		});
		String effect = json.path("Effect").asString("");
		if (!effect.equals("Allow") && !effect.equals("Deny")) {
			throw new PolicyException("Effect has to be Allow or Deny");
		}
		PolicyStatement statement = new PolicyStatement(effect.equals("Allow"), principals(json.get("Principal")),
				principals(json.get("NotPrincipal")), texts(json.get("Action")), texts(json.get("NotAction")),
				texts(json.get("Resource")), texts(json.get("NotResource")), conditions(json.path("Condition")));
		if ((statement.actions == null) == (statement.notActions == null)) {
			throw new PolicyException("a statement has either Action or NotAction");
		}
		return statement;
	}

	private static @Nullable List<String> principals(@Nullable JsonNode json) {
		if (json == null || json.isString()) {
			return texts(json);
		}
		List<String> principals = new ArrayList<>();
		json.properties().forEach((entry) -> {
			List<String> texts = texts(entry.getValue());
			(texts != null ? texts : List.<String>of())
				.forEach((text) -> principals.add(entry.getKey().equals("AWS") ? text : entry.getKey() + ":" + text));
		});
		return principals;
	}

	private static @Nullable List<String> texts(@Nullable JsonNode json) {
		if (json == null) {
			return null;
		}
		List<String> texts = new ArrayList<>();
		(json.isArray() ? json.values() : List.of(json)).forEach((text) -> {
			if (!text.isValueNode()) {
				throw new PolicyException("a text is expected instead of an object or array");
			}
			texts.add(text.asString());
		});
		return texts;
	}

	private static List<PolicyCondition> conditions(JsonNode json) {
		List<PolicyCondition> conditions = new ArrayList<>();
		json.properties().forEach((operator) -> operator.getValue().properties().forEach((key) -> {
			List<String> values = texts(key.getValue());
			conditions
				.add(PolicyCondition.parse(operator.getKey(), key.getKey(), (values != null) ? values : List.of()));
		}));
		return conditions;
	}

	/**
	 * Whether this statement is about a request, whoever makes it.
	 */
	boolean concerns(AccessRequest request) {
		return matches(this.actions, this.notActions, request.action().toLowerCase(Locale.ROOT),
				(pattern, action) -> Wildcards.match(pattern.toLowerCase(Locale.ROOT), action))
				&& matches(this.resources, this.notResources, request.resource(),
						(pattern, resource) -> Wildcards.match(request.resolve(pattern), resource))
				&& this.conditions.stream().allMatch((condition) -> condition.test(request));
	}

	private static boolean matches(@Nullable List<String> patterns, @Nullable List<String> notPatterns, String text,
			BiPredicate<String, String> match) {
		return (patterns == null || patterns.stream().anyMatch((pattern) -> match.test(pattern, text)))
				&& (notPatterns == null || notPatterns.stream().noneMatch((pattern) -> match.test(pattern, text)));
	}

	/**
	 * Whether this statement of a secret's policy is about a principal: by its name, or
	 * only as one of its account, which leaves it to the policies of the principal.
	 */
	boolean names(Principal principal, boolean throughAccount) {
		if (this.notPrincipals != null) {
			return this.notPrincipals.stream().noneMatch((other) -> isItself(other, principal));
		}
		return this.principals != null && this.principals.stream()
			.anyMatch((other) -> isItself(other, principal) || (throughAccount && isAccount(other, principal)));
	}

	/**
	 * Whether this statement is about everybody, wherever they are.
	 */
	boolean isForEverybody() {
		return (this.notPrincipals != null || (this.principals != null && this.principals.contains("*")))
				&& this.conditions.stream()
					.noneMatch((condition) -> FIXED.contains(condition.key().toLowerCase(Locale.ROOT)));
	}

	private boolean isItself(String other, Principal principal) {
		// Whoever is not known may be anybody of the account: nobody in particular is
		// denied
		boolean anybody = !principal.known() && this.allow && other.contains(":" + principal.account() + ":");
		return other.equals("*") || other.equals(principal.identityArn()) || other.equals(principal.arn()) || anybody;
	}

	private static boolean isAccount(String other, Principal principal) {
		return other.equals(principal.account()) || other.equals("arn:aws:iam::%s:root".formatted(principal.account()));
	}

}
