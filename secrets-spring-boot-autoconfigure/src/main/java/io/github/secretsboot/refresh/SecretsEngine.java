package io.github.secretsboot.refresh;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

import io.github.secretsboot.RefreshLimitException;
import io.github.secretsboot.RefreshResult;
import io.github.secretsboot.SecretChange;
import io.github.secretsboot.SecretFailure;
import io.github.secretsboot.SecretValidator;
import io.github.secretsboot.SecretsLoadException;
import io.github.secretsboot.consumers.AllConsumers;
import io.github.secretsboot.consumers.SecretConsumers;
import io.github.secretsboot.fetch.Deadline;
import io.github.secretsboot.fetch.FetchResult;
import io.github.secretsboot.fetch.PlainText;
import io.github.secretsboot.fetch.SecretFetcher;
import io.github.secretsboot.fetch.SecretRequest;
import io.github.secretsboot.mapping.SecretMapper;
import io.github.secretsboot.properties.MappedSnapshot;
import io.github.secretsboot.refresh.Admission.Admitted;
import io.github.secretsboot.refresh.RefreshListeners.Telling;
import io.github.secretsboot.refresh.SourceState.Failure;
import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;

/**
 * Loads the secrets of one application and keeps them current.
 * <p>
 * All that readers see is one {@linkplain #state() immutable state}, replaced with one
 * volatile write at the end of a pass. Passes never overlap: whoever asks for one while
 * it is under way waits for it and shares its result. Listeners are called after that
 * write, by one of those who asked, when the next pass may already begin, so that a
 * listener may ask for one. They are told of passes in the order of those writes.
 */
public final class SecretsEngine implements AutoCloseable {

	private final SecretFetcher fetcher;

	private final SourceUpdater updater;

	private final RefreshSchedule schedule;

	private final NextChecks nextChecks;

	private final Clock clock;

	private final RefreshLimit limit;

	private final PassLog passLog;

	private final RefreshListeners listeners;

	private final PassObservers passObservers = new PassObservers();

	private final AllConsumers consumers = new AllConsumers();

	private final Admission admission = new Admission();

	private final AuthenticationFailures authenticationFailures;

	private final SingleFlight<Scope, Telling> passes = new SingleFlight<>();

	private volatile SecretsState state;

	/**
	 * Create an engine that has loaded nothing yet and is refreshed as often as anybody
	 * likes.
	 * @param sources what to load, later ones winning over earlier ones
	 * @param fetcher fetches secret values; closed with the engine
	 * @param schedule says when a source is checked next
	 * @param clock tells the time
	 * @param log where to tell people what happens
	 */
	public SecretsEngine(List<SecretSource> sources, SecretFetcher fetcher, RefreshSchedule schedule, Clock clock,
			Log log) {
		this(sources, fetcher, schedule, new RefreshLimit(Integer.MAX_VALUE, clock), clock, log);
	}

	/**
	 * Create an engine that has loaded nothing yet.
	 * @param sources what to load, later ones winning over earlier ones
	 * @param fetcher fetches secret values; closed with the engine
	 * @param schedule says when a source is checked next
	 * @param limit says how often it may be refreshed on request
	 * @param clock tells the time
	 * @param log where to tell people what happens
	 */
	public SecretsEngine(List<SecretSource> sources, SecretFetcher fetcher, RefreshSchedule schedule,
			RefreshLimit limit, Clock clock, Log log) {
		this.fetcher = fetcher;
		this.updater = new SourceUpdater(new SecretMapper());
		this.schedule = schedule;
		this.nextChecks = new NextChecks(schedule);
		this.limit = limit;
		this.clock = clock;
		this.passLog = new PassLog(log);
		this.listeners = new RefreshListeners(log);
		this.authenticationFailures = new AuthenticationFailures(this::names, this::check, clock, fetcher.timeout(),
				schedule.random());
		this.listeners.add(this.authenticationFailures);
		this.state = SecretsState.initial(sources);
	}

	/**
	 * What is known of all sources right now.
	 * @return the state
	 */
	public SecretsState state() {
		return this.state;
	}

	/**
	 * What reads the secrets. It is the engine that closes it.
	 * @return the fetcher
	 */
	public SecretFetcher fetcher() {
		return this.fetcher;
	}

	/**
	 * When secrets are checked.
	 * @return the schedule
	 */
	public RefreshSchedule schedule() {
		return this.schedule;
	}

	/**
	 * What tells this engine the time.
	 * @return the clock
	 */
	public Clock clock() {
		return this.clock;
	}

	/**
	 * How many calls a scheduled check of all secrets makes, if nothing goes wrong and
	 * nothing has changed.
	 * @return the number of calls
	 */
	public int plannedCalls() {
		return plannedCalls((source) -> true);
	}

	private int plannedCalls(Predicate<SecretSource> included) {
		return this.fetcher.plannedCalls(this.state.sources()
			.stream()
			.filter((source) -> !source.isFinal() && included.test(source.source()))
			.map((source) -> source.source().request())
			.toList());
	}

	/**
	 * Have an observer told of every pass from now on, except the first load.
	 * @param observer the observer
	 */
	public void addPassObserver(PassObserver observer) {
		this.passObservers.add(observer);
	}

	/**
	 * Stop telling an observer.
	 * @param observer the observer
	 */
	public void removePassObserver(PassObserver observer) {
		this.passObservers.remove(observer);
	}

	/**
	 * Have candidates validated before they are put to use, after the validators that
	 * have been added before.
	 * @param validator the validator
	 */
	public void addValidator(SecretValidator validator) {
		this.updater.addValidator(validator);
	}

	/**
	 * Stop asking a validator.
	 * @param validator the validator
	 */
	public void removeValidator(SecretValidator validator) {
		this.updater.removeValidator(validator);
	}

	/**
	 * Have new versions tried on consumers before they are put to use.
	 * @param trial tries them
	 */
	public void addTrial(ConsumerTrial trial) {
		this.admission.add(trial);
	}

	/**
	 * Stop trying new versions on consumers.
	 * @param trial has tried them
	 */
	public void removeTrial(ConsumerTrial trial) {
		this.admission.remove(trial);
	}

	/**
	 * Have a listener told about every pass from now on.
	 * @param listener the listener
	 */
	public void addListener(RefreshListener listener) {
		this.listeners.add(listener);
	}

	/**
	 * Stop telling a listener.
	 * @param listener the listener
	 */
	public void removeListener(RefreshListener listener) {
		this.listeners.remove(listener);
	}

	/**
	 * Who holds values, in whichever application context.
	 * @return the consumers
	 */
	public SecretConsumers consumers() {
		return this.consumers;
	}

	/**
	 * Count the consumers of an application context among those that hold values.
	 * @param consumers the consumers
	 */
	public void addConsumers(SecretConsumers consumers) {
		this.consumers.add(consumers);
	}

	/**
	 * Forget the consumers of an application context.
	 * @param consumers the consumers
	 */
	public void removeConsumers(SecretConsumers consumers) {
		this.consumers.remove(consumers);
	}

	/**
	 * Load all sources for the first time.
	 * @throws SecretsLoadException if a required secret cannot be loaded; it names all
	 * that failed
	 */
	public void load() {
		RefreshResult result = pass((source) -> true, true);
		if (!result.failures().isEmpty()) {
			throw new SecretsLoadException(result.failures());
		}
	}

	/**
	 * Check all sources now because somebody asks for it, also those whose newest version
	 * was rejected.
	 * @return what came of it
	 * @throws RefreshLimitException if that has been asked for too often
	 */
	public RefreshResult refresh() {
		return refresh(new Scope(names((source) -> true), true, true));
	}

	/**
	 * Check one secret now because somebody asks for it, also if its newest version was
	 * rejected.
	 * @param secretName the name or ARN as the application wrote it, or expanded
	 * @return what came of it
	 * @throws IllegalArgumentException if no source has that name
	 * @throws RefreshLimitException if that has been asked for too often
	 */
	public RefreshResult refresh(String secretName) {
		return refresh(new Scope(names(secretName), true, true));
	}

	/**
	 * Check all sources now, whether or not too many have asked for it.
	 * @return what came of it
	 */
	public RefreshResult checkAll() {
		return refresh(new Scope(names((source) -> true), true, false));
	}

	/**
	 * Check one secret now, whether or not too many have asked for it.
	 */
	RefreshResult check(String secretName) {
		return refresh(new Scope(names(secretName), true, false));
	}

	/**
	 * Somebody was refused with the values of a secret. Check it now, unless that has
	 * just been done. Blocks until the check is over.
	 * @param secretName the name or ARN as the application wrote it, or expanded
	 * @return whether other values came into use, now or within the last ten seconds
	 * @throws IllegalArgumentException if no source has that name
	 */
	public boolean reportAuthenticationFailure(String secretName) {
		return this.authenticationFailures.report(secretName);
	}

	/**
	 * Check the sources whose time has come.
	 * @return what came of it
	 */
	public RefreshResult refreshDue() {
		Instant now = this.clock.instant();
		Set<String> due = new HashSet<>();
		for (SourceState source : this.state.sources()) {
			if (source.nextCheckAt() != null && !source.nextCheckAt().isAfter(now)) {
				due.add(source.source().name());
			}
		}
		return due.isEmpty() ? new RefreshResult(List.of(), List.of()) : refresh(new Scope(due, false, false));
	}

	/**
	 * When the next source is due.
	 * @return the time, or {@code null} if none ever will be
	 */
	public @Nullable Instant nextCheckAt() {
		return this.state.sources()
			.stream()
			.map(SourceState::nextCheckAt)
			.filter(Objects::nonNull)
			.min(Instant::compareTo)
			.orElse(null);
	}

	Set<String> names(String secretName) {
		Set<String> names = names((source) -> source.isNamed(secretName));
		if (names.isEmpty()) {
			throw new IllegalArgumentException(
					"No entry of secrets.sources expands to '" + PlainText.of(secretName) + "'");
		}
		return names;
	}

	private Set<String> names(Predicate<SecretSource> included) {
		Set<String> names = new HashSet<>();
		this.state.sources().stream().map(SourceState::source).filter(included).forEach((s) -> names.add(s.name()));
		return names;
	}

	private RefreshResult refresh(Scope scope) {
		Telling telling = this.passes.run(scope, Scope::covers, () -> {
			if (scope.requested()) {
				this.limit.take(cost(scope));
			}
			return publish(observedPass(scope::includes, scope.retryRejected()));
		});
		this.listeners.tell(telling, this.fetcher.timeout());
		return telling.result();
	}

	private double cost(Scope scope) {
		return plannedCalls(scope::includes) / Math.max(1.0, plannedCalls());
	}

	private RefreshResult observedPass(Predicate<SecretSource> included, boolean retryRejected) {
		long checked = this.state.sources()
			.stream()
			.filter((source) -> included.test(source.source()) && !source.isFinal())
			.count();
		return this.passObservers.observe(checked, () -> pass(included, retryRejected));
	}

	private Telling publish(RefreshResult result) {
		result.changes().forEach(this.passLog::changed);
		return this.listeners.queue(result);
	}

	private RefreshResult pass(Predicate<SecretSource> included, boolean retryRejected) {
		SecretsState before = this.state;
		Predicate<SourceState> isChecked = (source) -> included.test(source.source()) && !source.isFinal();
		Map<SecretRequest, FetchResult> results = fetch(before.sources().stream().filter(isChecked).toList(),
				retryRejected);
		SourceUpdater.Update update = new SourceUpdater.Update(results, this.clock.instant(), retryRejected);
		List<SourceState> updated = before.sources()
			.stream()
			.map((source) -> isChecked.test(source) ? this.updater.update(source, update) : source)
			.toList();
		Admitted admitted = this.admission.admit(before, updated, update.now());
		SecretsState after = admitted.state()
			.rescheduled(this.nextChecks.plan(before.sources(), admitted.state().sources(), isChecked, update.now()));
		this.state = after;
		admitted.published();
		return result(before, after, isChecked);
	}

	private Map<SecretRequest, FetchResult> fetch(List<SourceState> checked, boolean retryRejected) {
		List<SecretRequest> requests = new ArrayList<>();
		for (SourceState state : checked) {
			requests.add(state.source().request());
			if (state.source().previous() && state.snapshot() == null) {
				requests.add(state.source().previousRequest());
			}
		}
		Deadline deadline = this.fetcher.deadline();
		Map<SecretRequest, FetchResult> results = this.fetcher.fetch(requests, deadline);
		// The previous version moves only when the current one does
		List<SecretRequest> previous = checked.stream()
			.filter((state) -> state.source().previous() && state.snapshot() != null)
			.filter((state) -> this.updater.isToBeAdopted(state, results, retryRejected))
			.map((state) -> state.source().previousRequest())
			.toList();
		results.putAll(this.fetcher.fetch(previous, deadline));
		return results;
	}

	private RefreshResult result(SecretsState before, SecretsState after, Predicate<SourceState> isChecked) {
		List<SecretChange> changes = new ArrayList<>();
		List<SecretFailure> failures = new ArrayList<>();
		for (int i = 0; i < after.sources().size(); i++) {
			SourceState old = before.sources().get(i);
			SourceState current = after.sources().get(i);
			if (isChecked.test(old)) {
				addChange(old.snapshot(), current.snapshot(), changes);
				if (current.isFailing(after.sources())) {
					failures.add(failure(current));
				}
				this.passLog.checked(old, current);
				this.passLog.leftOut(current);
			}
		}
		this.passLog.collisions(after.properties());
		return new RefreshResult(changes, failures);
	}

	private void addChange(@Nullable MappedSnapshot old, @Nullable MappedSnapshot current, List<SecretChange> changes) {
		if (current != null && current != old) {
			Set<String> names = current.differences(old);
			if (!names.isEmpty()) {
				changes.add(new SecretChange(current.secretName(), (old != null) ? old.version().versionId() : null,
						current.version().versionId(), names));
			}
		}
	}

	private SecretFailure failure(SourceState state) {
		Failure failure = Objects.requireNonNull(state.failure());
		@Nullable String region = state.source().location().region();
		return new SecretFailure(state.source().name(), (region != null) ? region : this.fetcher.region(),
				failure.reason(), failure.detail(), failure.since());
	}

	@Override
	public void close() {
		this.fetcher.close();
	}

}
