package io.github.secretsboot.health;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Supplier;

import io.github.secretsboot.FailureReason;
import io.github.secretsboot.consumers.SecretConsumer;
import io.github.secretsboot.refresh.SecretsEngine;
import io.github.secretsboot.refresh.SourceState;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * {@link HealthIndicator} that tells stale secrets from failed ones: {@link Status#UP} as
 * long as the last good values are not older than allowed, with a detail for each secret
 * that could not be checked and each consumer that a rotation has left behind, and
 * {@link Status#OUT_OF_SERVICE} from then on. Calls nobody and shows names, ages and
 * reasons, never a value.
 */
public class SecretsHealthIndicator extends AbstractHealthIndicator {

	private final SecretsEngine engine;

	private final Supplier<List<SecretConsumer>> outdated;

	private final @Nullable Duration maxAge;

	/**
	 * Create an indicator.
	 * @param engine the engine
	 * @param outdated knows whom rotations have left behind
	 * @param maxAge how long ago a secret may have been confirmed to be current, or
	 * {@code null} if that does not matter
	 */
	public SecretsHealthIndicator(SecretsEngine engine, Supplier<List<SecretConsumer>> outdated,
			@Nullable Duration maxAge) {
		super("Secrets health check failed");
		this.engine = engine;
		this.outdated = outdated;
		this.maxAge = maxAge;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		Instant now = this.engine.clock().instant();
		List<SourceState> sources = this.engine.state().sources();
		List<Map<String, Object>> stale = new ArrayList<>();
		List<Map<String, Object>> expired = new ArrayList<>();
		for (SourceState source : sources) {
			Duration age = age(source, sources, now);
			if (isExpired(age)) {
				expired.add(describe(source, age));
			}
			else if (source.isFailing(sources)) {
				stale.add(describe(source, age));
			}
		}
		builder.status(expired.isEmpty() ? Status.UP : Status.OUT_OF_SERVICE);
		builder.withDetail("current",
				sources.stream().filter((source) -> source.status() == SourceState.Status.CURRENT).count());
		addDetail(builder, "stale", stale);
		addDetail(builder, "expired", expired);
		addDetail(builder, "outdated", this.outdated.get().stream().map(this::describe).toList());
		if (this.maxAge != null) {
			builder.withDetail("maxAge", this.maxAge.toString());
		}
	}

	/**
	 * The age of the values in use; where there are none, but should be, the time since
	 * that is known.
	 */
	private @Nullable Duration age(SourceState source, List<SourceState> all, Instant now) {
		if (source.snapshot() == null && source.isFailing(all)) {
			return Duration.between(Objects.requireNonNull(source.failure()).since(), now);
		}
		return source.age(now);
	}

	private boolean isExpired(@Nullable Duration age) {
		return age != null && this.maxAge != null && age.compareTo(this.maxAge) > 0;
	}

	private Map<String, Object> describe(SourceState source, @Nullable Duration age) {
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("name", source.source().name());
		details.put("state", source.status().name().toLowerCase(Locale.ROOT));
		if (age != null) {
			details.put("age", Duration.ofSeconds(age.toSeconds()).toString());
		}
		if (source.failure() != null) {
			details.put("reason", source.failure().reason().code());
			details.put("since", source.failure().since().toString());
			if (source.failure().reason() == FailureReason.REJECTED) {
				details.put("message", source.failure().detail());
			}
		}
		return details;
	}

	private Map<String, Object> describe(SecretConsumer outdated) {
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("bean", outdated.bean());
		details.put("member", outdated.member());
		details.put("properties", new TreeSet<>(outdated.properties()));
		return details;
	}

	private void addDetail(Health.Builder builder, String key, List<Map<String, Object>> details) {
		if (!details.isEmpty()) {
			builder.withDetail(key, details);
		}
	}

}
