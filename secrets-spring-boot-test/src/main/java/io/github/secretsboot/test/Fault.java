package io.github.secretsboot.test;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A fault and the calls that it applies to. Create one with a factory method, narrow it
 * with {@link #on(Operation...)}, {@link #on(String...)}, {@link #inRegion(String)} and
 * {@link #times(int)}, and apply it with {@link SecretsManagerServer#fail(Fault)}:
 *
 * <pre>{@code
 * server.fail(Fault.throttled().on(Operation.GET_SECRET_VALUE).on("myapp/test/api-keys").times(2));
 * }</pre>
 *
 * Faults are immutable: each narrowing method returns a new fault.
 *
 * @since 0.1.0
 */
public final class Fault {

	private static final Set<Operation> READS = Set.of(Operation.GET_SECRET_VALUE, Operation.BATCH_GET_SECRET_VALUE);

	private final Effect effect;

	private final Set<Operation> operations;

	private final Set<String> secrets;

	private final @Nullable String region;

	private final int times;

	private final boolean wholeBatch;

	private Fault(Effect effect) {
		this(effect, Set.of(), Set.of(), null, Integer.MAX_VALUE, false);
	}

	private Fault(Effect effect, Set<Operation> operations, Set<String> secrets, @Nullable String region, int times,
			boolean wholeBatch) {
		this.effect = effect;
		this.operations = operations;
		this.secrets = secrets;
		this.region = region;
		this.times = times;
		this.wholeBatch = wholeBatch;
	}

	/**
	 * The caller's policy does not allow it: {@code AccessDeniedException}, with a
	 * message like AWS's that names principal, action and resource.
	 * @return the fault
	 */
	public static Fault denied() {
		return new Fault(new Effect.Deny());
	}

	/**
	 * Too many calls: {@code ThrottlingException}.
	 * @return the fault
	 */
	public static Fault throttled() {
		return error(400, "ThrottlingException", "Rate exceeded");
	}

	/**
	 * The service failed: {@code InternalServiceError} with status 500.
	 * @return the fault
	 */
	public static Fault internalError() {
		return error(500, "InternalServiceError", "An internal error occurred.");
	}

	/**
	 * The KMS key cannot be used: {@code DecryptionFailure}.
	 * @return the fault
	 */
	public static Fault decryptionFailure() {
		return error(400, "DecryptionFailure",
				"Secrets Manager can't decrypt the protected secret text using the provided KMS key.");
	}

	/**
	 * The caller's session has ended: {@code ExpiredTokenException}.
	 * @return the fault
	 */
	public static Fault expiredToken() {
		return error(400, "ExpiredTokenException", "The security token included in the request is expired");
	}

	/**
	 * The access key is unknown: {@code UnrecognizedClientException}.
	 * @return the fault
	 */
	public static Fault unrecognizedClient() {
		return error(400, "UnrecognizedClientException", "The security token included in the request is invalid.");
	}

	/**
	 * Any other error.
	 * @param status the HTTP status
	 * @param code AWS's error code
	 * @param message the message
	 * @return the fault
	 */
	public static Fault error(int status, String code, String message) {
		return new Fault(new Effect.Reply(status, code, message));
	}

	/**
	 * The call is accepted and never answered. Its connection is closed when the server
	 * is {@linkplain SecretsManagerServer#heal() healed} or closed.
	 * @return the fault
	 */
	public static Fault hang() {
		return new Fault(Effect.Break.HANG);
	}

	/**
	 * The response is correct but late. Several delays for one call add up.
	 * @param duration the delay
	 * @return the fault
	 */
	public static Fault delay(Duration duration) {
		return new Fault(new Effect.Delay(duration));
	}

	/**
	 * The connection is closed without a response.
	 * @return the fault
	 */
	public static Fault dropConnection() {
		return new Fault(Effect.Break.DROP);
	}

	/**
	 * The connection is closed in the middle of the response's body.
	 * @return the fault
	 */
	public static Fault truncatedBody() {
		return new Fault(Effect.Break.TRUNCATE);
	}

	/**
	 * The response claims to be JSON but is not, like that of an intermediate proxy.
	 * @return the fault
	 */
	public static Fault notJson() {
		return new Fault(Effect.Break.NOT_JSON);
	}

	/**
	 * The response is correct except for its content type, which is {@code text/html}.
	 * @return the fault
	 */
	public static Fault wrongContentType() {
		return new Fault(Effect.Break.CONTENT_TYPE);
	}

	/**
	 * The response is correct, but the secret's text is cut off, so JSON in it does not
	 * parse. This applies to reads of text.
	 * @return the fault
	 */
	public static Fault brokenValue() {
		return new Fault(new Effect.BreakValue());
	}

	/**
	 * Narrow this fault to operations.
	 * @param operations the operations, added to those already given
	 * @return the narrowed fault
	 */
	public Fault on(Operation... operations) {
		Set<Operation> all = EnumSet.noneOf(Operation.class);
		all.addAll(this.operations);
		all.addAll(List.of(operations));
		return new Fault(this.effect, Collections.unmodifiableSet(all), this.secrets, this.region, this.times,
				this.wholeBatch);
	}

	/**
	 * Narrow this fault to secrets. In a {@code BatchGetSecretValue}, an error then
	 * affects only these secrets, and the response lists it among its {@code Errors}; see
	 * {@link #wholeBatch()}.
	 * @param secrets names or ARNs, added to those already given; they need not exist
	 * @return the narrowed fault
	 */
	public Fault on(String... secrets) {
		Set<String> all = new LinkedHashSet<>(this.secrets);
		all.addAll(List.of(secrets));
		return new Fault(this.effect, this.operations, Collections.unmodifiableSet(all), this.region, this.times,
				this.wholeBatch);
	}

	/**
	 * Narrow this fault to requests that are signed for one region.
	 * @param region the region
	 * @return the narrowed fault
	 */
	public Fault inRegion(String region) {
		return new Fault(this.effect, this.operations, this.secrets, region, this.times, this.wholeBatch);
	}

	/**
	 * End this fault after a number of calls. Without this, it lasts until the server is
	 * {@linkplain SecretsManagerServer#heal() healed}.
	 * @param times the number of calls that fail
	 * @return the narrowed fault
	 */
	public Fault times(int times) {
		if (times < 1) {
			throw new IllegalArgumentException("'times' must be positive");
		}
		return new Fault(this.effect, this.operations, this.secrets, this.region, times, this.wholeBatch);
	}

	/**
	 * Let an error for one secret fail the whole {@code BatchGetSecretValue} that names
	 * it, as the policy of a VPC endpoint does.
	 * @return the widened fault
	 */
	public Fault wholeBatch() {
		return new Fault(this.effect, this.operations, this.secrets, this.region, this.times, true);
	}

	Effect effect() {
		return this.effect;
	}

	int times() {
		return this.times;
	}

	boolean isWholeBatch() {
		return this.wholeBatch;
	}

	boolean matches(RecordedRequest request) {
		if (this.effect instanceof Effect.BreakValue && !READS.contains(request.operation())) {
			return false;
		}
		return (this.operations.isEmpty() || this.operations.contains(request.operation()))
				&& (this.region == null || this.region.equals(request.region()))
				&& (this.secrets.isEmpty() || this.secrets.stream().anyMatch(request::names));
	}

	boolean matches(String secretId) {
		return this.secrets.isEmpty() || this.secrets.stream().anyMatch((secret) -> SecretId.same(secret, secretId));
	}

	/**
	 * Whether this fault concerns single secrets of a batch instead of the whole call.
	 */
	boolean isPartOfBatch(RecordedRequest request) {
		boolean error = this.effect instanceof Effect.Deny || this.effect instanceof Effect.Reply;
		return error && request.operation() == Operation.BATCH_GET_SECRET_VALUE && !this.secrets.isEmpty()
				&& !this.wholeBatch;
	}

	@Override
	public String toString() {
		return "Fault[effect=%s, operations=%s, secrets=%s]".formatted(this.effect, this.operations, this.secrets);
	}

}
