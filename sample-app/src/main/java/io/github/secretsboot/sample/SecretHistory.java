package io.github.secretsboot.sample;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.secretsboot.SecretChange;
import io.github.secretsboot.Secrets;
import io.github.secretsboot.SecretsRefreshFailedEvent;
import io.github.secretsboot.SecretsRotatedEvent;
import io.github.secretsboot.actuate.SecretsEndpoint.SourceDescriptor;
import org.jspecify.annotations.Nullable;

import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Remembers what last happened to the secrets. A failure that goes on is one happening,
 * however many checks it fails. Thread-safe.
 */
@Component
class SecretHistory {

	private static final int HAPPENINGS = 40;

	private final Deque<Happening> happenings = new ArrayDeque<>();

	private final Map<String, SecretsRefreshFailedEvent> failing = new HashMap<>();

	private final Secrets secrets;

	private final Clock clock;

	private long rotations;

	SecretHistory(Secrets secrets, Clock clock) {
		this.secrets = secrets;
		this.clock = clock;
	}

	@EventListener
	@Order(0)
	synchronized void rotated(SecretsRotatedEvent event) {
		Instant now = this.clock.instant();
		for (SecretChange change : event.changes()) {
			this.rotations++;
			this.failing.remove(change.secretName());
			add(Happening.rotated(now, change, lag(change, now)));
		}
	}

	private @Nullable Duration lag(SecretChange change, Instant now) {
		Instant created = this.secrets.get(change.secretName()).version().createdDate();
		return (created != null) ? Duration.between(created, now) : null;
	}

	@EventListener
	@Order(0)
	synchronized void failed(SecretsRefreshFailedEvent event) {
		SecretsRefreshFailedEvent before = this.failing.put(event.secretName(), event);
		if (before == null || before.reason() != event.reason()) {
			add(Happening.failing(this.clock.instant(), event));
		}
	}

	/**
	 * Note which secrets can be checked again, which no event tells.
	 * @param sources where the secrets stand
	 */
	synchronized void observe(List<SourceDescriptor> sources) {
		for (SourceDescriptor source : sources) {
			if (source.failure() == null && this.failing.remove(source.name()) != null) {
				add(Happening.recovered(Objects.requireNonNullElseGet(source.lastCheckedAt(), this.clock::instant),
						source.name()));
			}
		}
	}

	private void add(Happening happening) {
		this.happenings.addLast(happening);
		if (this.happenings.size() > HAPPENINGS) {
			this.happenings.removeFirst();
		}
	}

	synchronized long rotations() {
		return this.rotations;
	}

	/**
	 * Return what happened last.
	 * @return a copy, oldest first
	 */
	synchronized List<Happening> happenings() {
		return List.copyOf(this.happenings);
	}

	/**
	 * Something that happened to a secret. Facts that there are none of are left out.
	 *
	 * @param kind {@code rotated}, {@code failing} or {@code recovered}
	 * @param at when the application noticed
	 * @param secret the secret
	 * @param oldVersionId the version before the rotation
	 * @param newVersionId the version after the rotation
	 * @param properties the names of the properties that changed
	 * @param lagMillis how long after its creation the new version came into use
	 * @param reason why the secret cannot be checked
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Happening(String kind, Instant at, String secret, @Nullable String oldVersionId,
			@Nullable String newVersionId, @Nullable Collection<String> properties, @Nullable Long lagMillis,
			@Nullable String reason) {

		static Happening rotated(Instant at, SecretChange change, @Nullable Duration lag) {
			return new Happening("rotated", at, change.secretName(), change.oldVersionId(), change.newVersionId(),
					new TreeSet<>(change.propertyNames()), (lag != null) ? lag.toMillis() : null, null);
		}

		static Happening failing(Instant at, SecretsRefreshFailedEvent event) {
			return new Happening("failing", at, event.secretName(), null, null, null, null, event.reason().code());
		}

		static Happening recovered(Instant at, String secret) {
			return new Happening("recovered", at, secret, null, null, null, null, null);
		}

	}

}
