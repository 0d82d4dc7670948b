package io.github.secretsboot.actuate;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

import io.github.secretsboot.FailureReason;
import io.github.secretsboot.RefreshLimitException;
import io.github.secretsboot.RefreshResult;
import io.github.secretsboot.SecretChange;
import io.github.secretsboot.SecretFailure;
import io.github.secretsboot.SecretSnapshot;
import io.github.secretsboot.SecretVersion;
import io.github.secretsboot.consumers.ConsumerReport;
import io.github.secretsboot.consumers.SecretConsumer;
import io.github.secretsboot.cost.SecretsCost;
import io.github.secretsboot.fetch.CallOperation;
import io.github.secretsboot.policy.SecretsPolicy;
import io.github.secretsboot.refresh.SecretsEngine;
import io.github.secretsboot.refresh.SourceState;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.Selector.Match;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * {@link Endpoint @Endpoint} that tells where each secret stands and who holds its
 * values, and that checks secrets on demand. Never shows a value, in no setting.
 */
@Endpoint(id = "secrets")
public class SecretsEndpoint {

	private static final String HOLDERS = "holders";

	private static final String POLICY = "policy";

	private final SecretsEngine engine;

	private final ConsumerReport consumers;

	private final SecretsCost cost;

	/**
	 * Create an endpoint.
	 * @param engine the engine
	 * @param consumers knows who holds values
	 * @param cost knows what it costs
	 */
	public SecretsEndpoint(SecretsEngine engine, ConsumerReport consumers, SecretsCost cost) {
		this.engine = engine;
		this.consumers = consumers;
		this.cost = cost;
	}

	/**
	 * Where each secret stands, who holds its values and what it costs.
	 * @return the sources in their order, the consumers, the calls and the cost
	 */
	@ReadOperation
	public SecretsDescriptor secrets() {
		return new SecretsDescriptor(this.engine.state().sources().stream().map(SourceDescriptor::of).toList(),
				consumers(), SearchDescriptor.of(this.consumers.lastSearch()), calls(), this.cost.monthlyCost());
	}

	private List<ConsumerDescriptor> consumers() {
		return this.consumers.list().stream().map(ConsumerDescriptor::of).toList();
	}

	private Map<String, Long> calls() {
		Map<String, Long> calls = new LinkedHashMap<>();
		for (CallOperation operation : CallOperation.values()) {
			calls.put(operation.awsName(), this.engine.fetcher().calls().count(operation));
		}
		return calls;
	}

	/**
	 * Check all secrets now.
	 * @return what changed and what failed
	 * @throws RefreshLimitException if that has been asked for too often
	 */
	@WriteOperation
	public RefreshDescriptor refreshSecrets() {
		return describe(this.engine.refresh());
	}

	/**
	 * Check one secret now.
	 * @param name the segments of its name
	 * @return what changed and what failed
	 * @throws IllegalArgumentException if there is no such secret
	 * @throws RefreshLimitException if that has been asked for too often
	 */
	@WriteOperation
	public RefreshDescriptor refreshSecret(@Selector(match = Match.ALL_REMAINING) String... name) {
		return describe(this.engine.refresh(String.join("/", name)));
	}

	private RefreshDescriptor describe(RefreshResult result) {
		List<ConsumerDescriptor> outdated = this.consumers.outdated().stream().map(ConsumerDescriptor::of).toList();
		return new RefreshDescriptor(result.changes().stream().map(ChangeDescriptor::of).toList(),
				result.failures().stream().map(FailedDescriptor::of).toList(), outdated.isEmpty() ? null : outdated);
	}

	/**
	 * Another view of the secrets: {@code policy}, the IAM policy that loading them
	 * takes, ready to be attached, or {@code holders}, those who hold values, after the
	 * application has been searched for them.
	 * @param view the name of the view
	 * @param kms whether to include what secrets need that are encrypted with a key of
	 * one's own
	 * @param role the ARN or name of a role that some secrets are read as, for the policy
	 * of that role instead of the application's
	 * @return the view, or {@code null} if there is no such view or role
	 */
	@ReadOperation
	public @Nullable Map<String, Object> secretsView(@Selector String view, @Nullable Boolean kms,
			@Nullable String role) {
		return switch (view) {
			case HOLDERS -> holders();
			case POLICY -> policy(Boolean.TRUE.equals(kms), role);
			default -> null;
		};
	}

	private Map<String, Object> holders() {
		this.consumers.search();
		Map<String, Object> holders = new LinkedHashMap<>();
		holders.put("consumers", consumers());
		SearchDescriptor search = SearchDescriptor.of(this.consumers.lastSearch());
		if (search != null) {
			holders.put("search", search);
		}
		return OperationResponseBody.of(holders);
	}

	private @Nullable Map<String, Object> policy(boolean kms, @Nullable String role) {
		SecretsPolicy policy = (role != null) ? SecretsPolicy.ofRole(this.engine, role)
				: new SecretsPolicy(this.engine);
		return (policy != null) ? policy.toMap(kms) : null;
	}

	/** What AWS says of other failures may name callers and keys. */
	private static @Nullable String publicDetail(FailureReason reason, String detail) {
		return (reason == FailureReason.REJECTED) ? detail : null;
	}

	/**
	 * Description of everything.
	 *
	 * @param sources the sources in their order
	 * @param consumers the consumers by bean and member
	 * @param search the last search for holders of values
	 * @param calls how many calls have been made, by operation
	 * @param projectedMonthlyCost the dollars that 30 days cost at the current rate
	 * @see SecretsCost
	 */
	public record SecretsDescriptor(List<SourceDescriptor> sources, List<ConsumerDescriptor> consumers,
			@Nullable SearchDescriptor search, Map<String, Long> calls,
			BigDecimal projectedMonthlyCost) implements OperationResponseBody {
	}

	/**
	 * Description of a source. Facts that there are none of are left out.
	 *
	 * @param name the name or ARN, expanded
	 * @param arn the ARN
	 * @param region the region that it was read from
	 * @param roleArn the role that it is read as, if not as the application
	 * @param versionId the version in use
	 * @param stages the staging labels of that version
	 * @param createdDate when that version was created
	 * @param loadedAt when it was loaded
	 * @param lastCheckedAt when it was last checked
	 * @param nextCheckAt when it will be checked next
	 * @param properties the names of its properties
	 * @param ignored the names of properties that it must not set
	 * @param state current, stale, missing or rejected
	 * @param failure why the last check failed
	 */
	public record SourceDescriptor(String name, @Nullable String arn, @Nullable String region, @Nullable String roleArn,
			@Nullable String versionId, @Nullable List<String> stages, @Nullable Instant createdDate,
			@Nullable Instant loadedAt, @Nullable Instant lastCheckedAt, @Nullable Instant nextCheckAt,
			@Nullable Collection<String> properties, @Nullable Collection<String> ignored, String state,
			@Nullable FailureDescriptor failure) {

		static SourceDescriptor of(SourceState state) {
			SecretSnapshot snapshot = state.snapshot();
			SecretVersion version = (snapshot != null) ? snapshot.version() : null;
			return new SourceDescriptor(state.source().name(), (version != null) ? version.arn() : null,
					(version != null) ? version.region() : null, state.source().location().roleArn(),
					(version != null) ? version.versionId() : null, (version != null) ? version.stages() : null,
					(version != null) ? version.createdDate() : null, state.loadedAt(), state.lastCheckedAt(),
					state.nextCheckAt(), (snapshot != null) ? snapshot.propertyNames() : null,
					state.leftOut().ignored().isEmpty() ? null : state.leftOut().ignored(),
					state.status().name().toLowerCase(Locale.ROOT),
					(state.failure() != null) ? FailureDescriptor.of(state.failure()) : null);
		}

	}

	/**
	 * Description of a failed check.
	 *
	 * @param reason the reason, such as {@code throttled}
	 * @param since when checks began to fail for this reason
	 * @param rejectedVersionId the version that cannot be used
	 * @param message who cannot use it, if it was rejected
	 */
	public record FailureDescriptor(String reason, Instant since, @Nullable String rejectedVersionId,
			@Nullable String message) {

		static FailureDescriptor of(SourceState.Failure failure) {
			return new FailureDescriptor(failure.reason().code(), failure.since(), failure.rejectedVersionId(),
					publicDetail(failure.reason(), failure.detail()));
		}

	}

	/**
	 * Description of a place that holds values.
	 *
	 * @param bean the name of the bean
	 * @param member the field, method or parameter, or the way to a field further inside
	 * @param properties the names of the properties that it holds values of
	 * @param mode {@code live} or {@code frozen}
	 * @param outdated {@code true} if it holds a value that a rotation has replaced
	 * @param connections what becomes of connections that were opened before a rotation:
	 * {@code replaced}, {@code reauthenticated}, {@code kept}, {@code none}, or
	 * {@code null} if it is not known to have any
	 */
	public record ConsumerDescriptor(String bean, String member, Collection<String> properties, String mode,
			@Nullable Boolean outdated, @Nullable String connections) {

		static ConsumerDescriptor of(SecretConsumer consumer) {
			return new ConsumerDescriptor(consumer.bean(), consumer.member(), new TreeSet<>(consumer.properties()),
					lowerCase(consumer.mode()), consumer.outdated() ? true : null,
					(consumer.connections() != null) ? lowerCase(consumer.connections()) : null);
		}

		private static String lowerCase(Enum<?> value) {
			return value.name().toLowerCase(Locale.ROOT);
		}

	}

	/**
	 * Description of a search for holders of values.
	 *
	 * @param at when it was
	 * @param milliseconds how long it took
	 * @param objects how many objects and texts it looked at
	 * @param complete whether it looked at all that it can look into
	 * @param unopened how many objects it cannot look into, by the name of their class
	 * @param unsought the properties that it did not look for, since their values would
	 * be found everywhere
	 */
	public record SearchDescriptor(Instant at, long milliseconds, int objects, boolean complete,
			Map<String, Integer> unopened, Collection<String> unsought) {

		static @Nullable SearchDescriptor of(ConsumerReport.@Nullable Search search) {
			return (search == null) ? null
					: new SearchDescriptor(search.at(), search.time().toMillis(), search.objects(), search.complete(),
							new TreeMap<>(search.unopened()), new TreeSet<>(search.unsought()));
		}

	}

	/**
	 * Description of a refresh.
	 *
	 * @param changed the secrets whose properties changed
	 * @param failed the secrets that could not be refreshed
	 * @param outdated the consumers that are known by now to hold a value which a
	 * rotation has replaced
	 */
	public record RefreshDescriptor(List<ChangeDescriptor> changed, List<FailedDescriptor> failed,
			@Nullable List<ConsumerDescriptor> outdated) implements OperationResponseBody {
	}

	/**
	 * Description of a change.
	 *
	 * @param name the secret
	 * @param oldVersionId the version before; left out if the secret has just appeared
	 * @param newVersionId the version now
	 * @param properties the names of the properties that changed
	 */
	public record ChangeDescriptor(String name, @Nullable String oldVersionId, String newVersionId,
			Collection<String> properties) {

		static ChangeDescriptor of(SecretChange change) {
			return new ChangeDescriptor(change.secretName(), change.oldVersionId(), change.newVersionId(),
					new TreeSet<>(change.propertyNames()));
		}

	}

	/**
	 * Description of a failure.
	 *
	 * @param name the secret
	 * @param reason the reason, such as {@code access-denied}
	 * @param message who has rejected the new version, if it was rejected
	 */
	public record FailedDescriptor(String name, String reason, @Nullable String message) {

		static FailedDescriptor of(SecretFailure failure) {
			return new FailedDescriptor(failure.secretName(), failure.reason().code(),
					publicDetail(failure.reason(), failure.detail()));
		}

	}

}
