package io.github.secretsboot.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

import io.github.secretsboot.SecretChange;
import io.github.secretsboot.consumers.SecretConsumer;
import io.github.secretsboot.cost.SecretsCost;
import io.github.secretsboot.fetch.CallOperation;
import io.github.secretsboot.fetch.FetchCalls.EarlyCall;
import io.github.secretsboot.metrics.SecretsMeterDocumentation.KeyNames;
import io.github.secretsboot.metrics.SecretsObservationDocumentation.FetchKeyNames;
import io.github.secretsboot.metrics.SecretsObservationDocumentation.RefreshKeyNames;
import io.github.secretsboot.refresh.PassObserver;
import io.github.secretsboot.refresh.RefreshListener;
import io.github.secretsboot.refresh.SecretsEngine;
import io.github.secretsboot.refresh.SourceState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

/**
 * {@link MeterBinder} for the meters of secrets. Every meter exists from the start, at
 * zero where nothing has happened yet, so that a rate of the first event can be computed.
 * <p>
 * The timers {@code secrets.fetch} and {@code secrets.refresh} are fed by the
 * observations of {@link SecretsObservations}. Only the calls that were made before those
 * began, which are the ones that loaded the secrets, are recorded here, when a registry
 * is bound.
 * <p>
 * Gauges read the immutable state of the engine on whichever thread scrapes them.
 * Rotations are recorded on the thread of the pass.
 */
public class SecretsMeters implements MeterBinder, RefreshListener {

	private static final String FETCH = SecretsObservationDocumentation.FETCH.getName();

	private static final String REFRESH = SecretsObservationDocumentation.REFRESH.getName();

	private final SecretsEngine engine;

	private final SecretsCost cost;

	private final Supplier<List<SecretConsumer>> outdated;

	private final @Nullable Duration maxAge;

	private final List<MeterRegistry> registries = new CopyOnWriteArrayList<>();

	/**
	 * Create meters.
	 * @param engine the engine
	 * @param cost knows what it costs
	 * @param outdated knows whom rotations have left behind
	 * @param maxAge the age from which on health is out of service, or {@code null} if
	 * age does not matter
	 */
	public SecretsMeters(SecretsEngine engine, SecretsCost cost, Supplier<List<SecretConsumer>> outdated,
			@Nullable Duration maxAge) {
		this.engine = engine;
		this.cost = cost;
		this.outdated = outdated;
		this.maxAge = maxAge;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		secretNames().forEach((name) -> bindSecret(registry, name));
		bindTimers(registry);
		Duration maxAge = this.maxAge;
		if (maxAge != null) {
			gauge(registry, SecretsMeterDocumentation.MAX_AGE, Tags.empty(), (meters) -> seconds(maxAge),
					"Age of a secret from which on health is out of service");
		}
		gauge(registry, SecretsMeterDocumentation.OUTDATED_CONSUMERS, Tags.empty(),
				(meters) -> meters.outdated.get().size(),
				"Consumers that keep an old value until the application is started again");
		for (CallOperation operation : CallOperation.values()) {
			FunctionCounter
				.builder(SecretsMeterDocumentation.CALLS.getName(), this.engine,
						(engine) -> engine.fetcher().calls().count(operation))
				.tag(KeyNames.OPERATION.asString(), operation.awsName())
				.description("Calls to Secrets Manager")
				.register(registry);
		}
		gauge(registry, SecretsMeterDocumentation.MONTHLY_COST, Tags.empty(),
				(meters) -> meters.cost.monthlyCost().doubleValue(), "Cost of 30 days at the current rate");
		this.registries.add(registry);
	}

	private Set<String> secretNames() {
		return this.engine.state()
			.sources()
			.stream()
			.map((source) -> source.source().name())
			.collect(Collectors.toUnmodifiableSet());
	}

	private void bindSecret(MeterRegistry registry, String name) {
		Tags secret = Tags.of(KeyNames.SECRET.asString(), name);
		gauge(registry, SecretsMeterDocumentation.AGE, secret, (meters) -> meters.age(name),
				"Time since the secret was last confirmed to be current");
		for (SourceState.Status status : SourceState.Status.values()) {
			gauge(registry, SecretsMeterDocumentation.STATE,
					secret.and(KeyNames.STATE.asString(), status.name().toLowerCase(Locale.ROOT)),
					(meters) -> meters.isIn(status, name) ? 1 : 0, "State of the secret");
		}
		rotations(registry, name);
	}

	private void bindTimers(MeterRegistry registry) {
		for (PassObserver.Outcome outcome : PassObserver.Outcome.values()) {
			Timer.builder(REFRESH)
				.tag(RefreshKeyNames.OUTCOME.asString(), outcome.code())
				.description("Checks of secrets")
				.register(registry);
		}
		for (CallOperation operation : CallOperation.values()) {
			fetches(registry, operation, FetchObservationContext.outcome(null));
		}
		for (EarlyCall call : this.engine.fetcher().calls().earlyCalls()) {
			fetches(registry, call.operation(), FetchObservationContext.outcome(call.failure()))
				.record(call.duration());
		}
		lag(registry);
	}

	private void gauge(MeterRegistry registry, SecretsMeterDocumentation meter, Tags tags,
			ToDoubleFunction<SecretsMeters> value, String description) {
		Gauge.builder(meter.getName(), this, value)
			.tags(tags)
			.baseUnit(meter.getBaseUnit())
			.description(description)
			.register(registry);
	}

	private Timer fetches(MeterRegistry registry, CallOperation operation, String outcome) {
		return Timer.builder(FETCH)
			.tag(FetchKeyNames.OPERATION.asString(), operation.awsName())
			.tag(FetchKeyNames.OUTCOME.asString(), outcome)
			.description("Calls to Secrets Manager")
			.register(registry);
	}

	private Counter rotations(MeterRegistry registry, String name) {
		return Counter.builder(SecretsMeterDocumentation.ROTATIONS.getName())
			.tag(KeyNames.SECRET.asString(), name)
			.description("Rotations that were put to use")
			.register(registry);
	}

	private Timer lag(MeterRegistry registry) {
		return Timer.builder(SecretsMeterDocumentation.ROTATION_LAG.getName())
			.description("Time from the creation of a version until it was put to use")
			.register(registry);
	}

	/**
	 * The age of the source that is worst off: a secret may be listed more than once.
	 */
	private double age(String name) {
		Instant now = this.engine.clock().instant();
		return this.engine.state()
			.sources()
			.stream()
			.filter((source) -> source.source().name().equals(name))
			.map((source) -> source.age(now))
			.filter(Objects::nonNull)
			.mapToDouble(SecretsMeters::seconds)
			.max()
			.orElse(Double.NaN);
	}

	private static double seconds(Duration duration) {
		return duration.toMillis() / 1000.0;
	}

	private boolean isIn(SourceState.Status status, String name) {
		return this.engine.state()
			.sources()
			.stream()
			.anyMatch((source) -> source.source().name().equals(name) && source.status() == status);
	}

	@Override
	public void onChanged(List<SecretChange> changes) {
		changes.stream()
			// A secret that has just appeared has not been rotated
			.filter((change) -> change.oldVersionId() != null)
			.map((change) -> new Rotation(change.secretName(), change.newVersionId()))
			.distinct()
			.forEach((rotation) -> this.registries.forEach((registry) -> record(rotation, registry)));
	}

	private void record(Rotation rotation, MeterRegistry registry) {
		rotations(registry, rotation.secretName()).increment();
		this.engine.state()
			.sources()
			.stream()
			.filter((source) -> source.source().name().equals(rotation.secretName()))
			.map((source) -> lag(source, rotation.versionId()))
			.filter(Objects::nonNull)
			.findFirst()
			.ifPresent(lag(registry)::record);
	}

	private static @Nullable Duration lag(SourceState source, String versionId) {
		if (source.snapshot() == null || source.loadedAt() == null
				|| !source.snapshot().version().versionId().equals(versionId)) {
			return null;
		}
		Instant created = source.snapshot().version().createdDate();
		if (created == null) {
			return null;
		}
		// The clocks are not the same
		Duration lag = Duration.between(created, source.loadedAt());
		return lag.isNegative() ? Duration.ZERO : lag;
	}

	private record Rotation(String secretName, String versionId) {
	}

}
