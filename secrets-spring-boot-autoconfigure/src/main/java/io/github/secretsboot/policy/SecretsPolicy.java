package io.github.secretsboot.policy;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.secretsboot.fetch.SecretRequest;
import io.github.secretsboot.iam.IamStatement;
import io.github.secretsboot.iam.SecretArn;
import io.github.secretsboot.refresh.SecretsEngine;
import io.github.secretsboot.refresh.SourceState;
import org.jspecify.annotations.Nullable;

/**
 * The IAM policy that loading the configured secrets takes, and nothing beyond: that of
 * the application, or that of a role which it assumes for some of them. Names the ARN of
 * each secret that has been loaded, and a pattern for each that has not, and their
 * replicas. A secret that need not exist is also named without the suffix of its ARN,
 * since AWS checks that as long as it does not.
 */
public final class SecretsPolicy {

	private static final String VERSION = "2012-10-17";

	private static final Pattern ROLE_ARN = Pattern.compile("arn:[^:]+:iam::(\\d{12}):role/(?:.+/)?([^/]+)");

	private final Set<SecretArn> secrets = new LinkedHashSet<>();

	private final Set<String> roles = new TreeSet<>();

	private final boolean batch;

	/**
	 * Create the policy of the application itself, with the right to assume the roles
	 * that read some of its secrets.
	 * @param engine the engine
	 */
	public SecretsPolicy(SecretsEngine engine) {
		this(engine, null, null);
		engine.state().sources().stream().map(SecretsPolicy::role).filter(Objects::nonNull).forEach(this.roles::add);
	}

	private SecretsPolicy(SecretsEngine engine, @Nullable String role, @Nullable String roleAccount) {
		List<SourceState> own = engine.state()
			.sources()
			.stream()
			.filter((source) -> Objects.equals(role(source), role))
			.toList();
		@Nullable String account = (roleAccount != null) ? roleAccount : account(own);
		own.forEach((source) -> add(source, engine, account));
		this.batch = engine.fetcher().usesBatches() && own.stream()
			.map((source) -> source.source().request())
			.filter(SecretRequest::isBatchable)
			.distinct()
			.count() > 1;
	}

	/**
	 * The policy of a role that the application assumes.
	 * @param engine the engine
	 * @param role the ARN of the role, or its name
	 * @return the policy, or {@code null} if no secret is read as that role
	 */
	public static @Nullable SecretsPolicy ofRole(SecretsEngine engine, String role) {
		for (SourceState source : engine.state().sources()) {
			String arn = role(source);
			Matcher matcher = ROLE_ARN.matcher(String.valueOf(arn));
			if (matcher.matches() && (role.equals(arn) || role.equals(matcher.group(2)))) {
				return new SecretsPolicy(engine, arn, matcher.group(1));
			}
		}
		return null;
	}

	private void add(SourceState source, SecretsEngine engine, @Nullable String account) {
		SecretArn secret = arn(source, engine.fetcher().region(), account);
		add(secret, engine.fetcher().failoverRegions());
		if (source.source().optional() || source.snapshot() == null) {
			add(secret.withoutSuffix(), engine.fetcher().failoverRegions());
		}
	}

	private void add(SecretArn secret, List<String> replicaRegions) {
		this.secrets.add(secret);
		replicaRegions.forEach((region) -> this.secrets.add(secret.inRegion(region)));
	}

	private static @Nullable String role(SourceState source) {
		return source.source().request().location().roleArn();
	}

	private static SecretArn arn(SourceState source, @Nullable String region, @Nullable String account) {
		if (source.snapshot() != null) {
			return new SecretArn(source.snapshot().version().arn());
		}
		String own = source.source().request().location().region();
		return SecretArn.of(source.source().name(), (own != null) ? own : region, account);
	}

	/** A secret that is read by its name is the caller's own. */
	private static @Nullable String account(List<SourceState> sources) {
		return sources.stream()
			.filter((source) -> source.snapshot() != null && !SecretArn.isArn(source.source().name()))
			.map((source) -> arn(source, null, null).account())
			.findFirst()
			.orElse(null);
	}

	/**
	 * The policy as it is serialized.
	 * @param kms whether to include what secrets need that are encrypted with a key of
	 * one's own
	 * @return the members in AWS's order
	 */
	public Map<String, Object> toMap(boolean kms) {
		Map<String, Object> policy = new LinkedHashMap<>();
		policy.put("Version", VERSION);
		policy.put("Statement", statements(kms).map(IamStatement::toMap).toList());
		return policy;
	}

	private Stream<IamStatement> statements(boolean kms) {
		Stream.Builder<IamStatement> statements = Stream.builder();
		if (!this.secrets.isEmpty()) {
			statements.add(IamStatement.get(this.secrets));
		}
		if (this.batch) {
			statements.add(IamStatement.batchGet());
		}
		if (kms && !this.secrets.isEmpty()) {
			statements.add(IamStatement.decrypt(this.secrets));
		}
		if (!this.roles.isEmpty()) {
			statements.add(IamStatement.assume(this.roles));
		}
		return statements.build();
	}

}
