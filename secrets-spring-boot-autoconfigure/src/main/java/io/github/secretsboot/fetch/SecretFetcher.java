package io.github.secretsboot.fetch;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;

/**
 * Fetches many secrets within one deadline: current versions in batches of
 * {@value SecretReader#MAX_BATCH_SIZE}, whatever a batch cannot bring one by one, all of
 * it in parallel, and from another region where the own one is out.
 * <p>
 * Calls run on short-lived daemon threads and the caller waits for them no longer than
 * the deadline, so that not even a hanging name lookup can hold it back. May be used by
 * one caller at a time.
 */
public class SecretFetcher implements AutoCloseable {

	private final SecretReader reader;

	private final FetchSettings settings;

	private final ThreadFactory threads = daemonThreads();

	private final FetchCalls calls;

	private final FetchRounds rounds;

	private final RegionFailover failover;

	/**
	 * Create a fetcher.
	 * @param reader makes the calls
	 * @param settings how to fetch
	 * @param log where to say that batches are denied or that a region is out
	 */
	public SecretFetcher(SecretReader reader, FetchSettings settings, Log log) {
		this.reader = reader;
		this.settings = settings;
		this.calls = new FetchCalls(reader);
		this.rounds = new FetchRounds(this.calls, settings, this.threads, log);
		this.failover = new RegionFailover(settings.failoverRegions(), this.rounds, reader, log);
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
				deadline);
		normalized.forEach((request, asked) -> results.put(request, Objects.requireNonNull(fetched.get(asked))));
		return results;
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
			return task.get(deadline.nanos(), TimeUnit.NANOSECONDS);
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
		return this.rounds.plannedCalls(new LinkedHashSet<>(requests));
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
	 * The calls that are made.
	 * @return who makes them, for their numbers and for observers
	 */
	public FetchCalls calls() {
		return this.calls;
	}

	/**
	 * The region that secrets are read from.
	 * @return the region, or {@code null} as long as none is known
	 */
	public @Nullable String region() {
		return this.reader.region();
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
