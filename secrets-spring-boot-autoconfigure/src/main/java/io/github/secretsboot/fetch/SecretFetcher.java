package io.github.secretsboot.fetch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.commons.logging.Log;

/**
 * Fetches many secrets within one deadline: current versions in batches of
 * {@value SecretReader#MAX_BATCH_SIZE}, whatever a batch cannot bring one by one, all of
 * it in parallel, and from another region where the own one is out. A denied batch
 * permission is said once, remembered and worked around.
 * <p>
 * Calls run on short-lived daemon threads and the caller waits for them no longer than
 * the deadline, so that not even a hanging name lookup can hold it back. May be used by
 * one caller at a time.
 */
public class SecretFetcher implements AutoCloseable {

	private final SecretReader reader;

	private final FetchSettings settings;

	private final Log log;

	private final CallStatistics calls = new CallStatistics();

	private final RegionFailover failover;

	private final Map<Location, BatchRules> batchRules = new ConcurrentHashMap<>();

	private final AtomicBoolean saidBatchDenied = new AtomicBoolean();

	private final ThreadFactory threads = daemonThreads();

	/**
	 * Create a fetcher.
	 * @param reader makes the calls
	 * @param settings how to fetch
	 * @param log where to say that batches are denied or that a region is out
	 */
	public SecretFetcher(SecretReader reader, FetchSettings settings, Log log) {
		this.reader = reader;
		this.settings = settings;
		this.log = log;
		this.failover = new RegionFailover(settings.failoverRegions(), reader, log);
	}

	/**
	 * How long one load or pass may take.
	 * @return {@code secrets.fetch.timeout}
	 */
	public Duration timeout() {
		return this.settings.timeout();
	}

	/**
	 * A deadline for everything that one load or pass fetches.
	 * @return the deadline, which is {@code secrets.fetch.timeout} ahead
	 */
	public Deadline deadline() {
		return Deadline.after(this.settings.timeout());
	}

	/**
	 * Fetch all of the given requests within a deadline of their own.
	 * @param requests what to fetch; duplicates are fetched once
	 * @return a result for each request
	 */
	public Map<SecretRequest, FetchResult> fetch(Collection<SecretRequest> requests) {
		return fetch(requests, deadline());
	}

	/**
	 * Fetch all of the given requests.
	 * @param requests what to fetch; duplicates are fetched once
	 * @param deadline when it must be over
	 * @return a result for each request
	 */
	public Map<SecretRequest, FetchResult> fetch(Collection<SecretRequest> requests, Deadline deadline) {
		Map<SecretRequest, FetchResult> results = new LinkedHashMap<>();
		if (requests.isEmpty()) {
			return results;
		}
		Map<SecretRequest, SecretRequest> normalized = normalize(new LinkedHashSet<>(requests), deadline);
		Map<SecretRequest, FetchResult> fetched = this.failover.fetch(new LinkedHashSet<>(normalized.values()),
				deadline, this::round);
		normalized.forEach((request, asked) -> results.put(request, Objects.requireNonNull(fetched.get(asked))));
		return results;
	}

	private Map<SecretRequest, FetchResult> round(Collection<SecretRequest> requests, Deadline deadline) {
		if (requests.isEmpty()) {
			return Map.of();
		}
		// One for each round: what hangs in one must not hold back the next
		ExecutorService executor = Executors.newFixedThreadPool(Math.min(requests.size(), this.settings.concurrency()),
				this.threads);
		try {
			FetchRound round = new FetchRound(new FetchCalls(this.reader, this.calls), executor, deadline);
			Map<Location, List<List<SecretRequest>>> plan = plan(requests);
			Map<SecretRequest, FetchResult> results = round.fetch(plan, requests);
			plan.keySet().forEach((location) -> learn(location, round.outcome(location)));
			return results;
		}
		finally {
			executor.shutdownNow();
		}
	}

	private Map<Location, List<List<SecretRequest>>> plan(Collection<SecretRequest> requests) {
		Map<Location, List<SecretRequest>> located = new LinkedHashMap<>();
		requests.forEach(
				(request) -> located.computeIfAbsent(request.location(), (location) -> new ArrayList<>()).add(request));
		Map<Location, List<List<SecretRequest>>> plan = new LinkedHashMap<>();
		located.forEach(
				(location, all) -> plan.put(location, this.settings.batch() ? rules(location).plan(all) : List.of()));
		return plan;
	}

	private void learn(Location location, BatchRules.Round outcome) {
		if (rules(location).learn(outcome) && this.saidBatchDenied.compareAndSet(false, true)) {
			this.log.info("Secrets are read one by one because BatchGetSecretValue is denied."
					+ " To read 20 with one call, allow " + IamStatement.batchGet()
					+ " beside secretsmanager:GetSecretValue on each secret,"
					+ " or set secrets.fetch.batch=never to not try it.");
		}
	}

	private BatchRules rules(Location location) {
		return this.batchRules.computeIfAbsent(location,
				(key) -> new BatchRules(() -> ThreadLocalRandom.current().nextDouble()));
	}

	/**
	 * Have requests that mean the same location share its batches. Finding out may need
	 * the application's own region, and looking for that may take its time.
	 */
	private Map<SecretRequest, SecretRequest> normalize(Set<SecretRequest> requests, Deadline deadline) {
		Map<SecretRequest, SecretRequest> same = new LinkedHashMap<>();
		requests.forEach((request) -> same.put(request, request));
		if (requests.stream().allMatch((request) -> request.location().region() == null)) {
			return same;
		}
		FutureTask<Map<SecretRequest, SecretRequest>> task = new FutureTask<>(() -> {
			Map<SecretRequest, SecretRequest> normalized = new LinkedHashMap<>();
			requests
				.forEach((request) -> normalized.put(request, request.at(this.reader.normalize(request.location()))));
			return normalized;
		});
		this.threads.newThread(task).start();
		try {
			return task.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return same;
		}
		catch (TimeoutException | ExecutionException ex) {
			return same;
		}
	}

	/**
	 * How many calls {@link #fetch} would make if nothing goes wrong.
	 * @param requests what to fetch; duplicates are fetched once
	 * @return the number of calls
	 */
	public int plannedCalls(Collection<SecretRequest> requests) {
		Set<SecretRequest> distinct = new LinkedHashSet<>(requests);
		List<List<SecretRequest>> batches = plan(distinct).values().stream().flatMap(List::stream).toList();
		return distinct.size() - batches.stream().mapToInt(List::size).sum() + batches.size();
	}

	/**
	 * Whether secrets are read in batches where that pays and is allowed.
	 * @return {@code true} if they are
	 */
	public boolean usesBatches() {
		return this.settings.batch();
	}

	/**
	 * Where replicas are read when a region is out.
	 * @return the regions, in the order in which they are tried
	 */
	public List<String> failoverRegions() {
		return this.settings.failoverRegions();
	}

	/**
	 * The calls that have been made.
	 * @return their statistics
	 */
	public CallStatistics calls() {
		return this.calls;
	}

	/**
	 * The region that is read from.
	 * @return the reader, for what it knows of itself
	 */
	public SecretReader reader() {
		return this.reader;
	}

	@Override
	public void close() {
		this.reader.close();
	}

	private static ThreadFactory daemonThreads() {
		AtomicInteger number = new AtomicInteger();
		return (task) -> {
			Thread thread = new Thread(task, "secrets-fetch-" + number.incrementAndGet());
			thread.setDaemon(true);
			return thread;
		};
	}

}
