package io.github.secretsboot.fetch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.secretsboot.FailureReason;
import org.apache.commons.logging.Log;

import org.springframework.core.NestedExceptionUtils;

/**
 * Fetches many secrets within one deadline: current versions in batches of
 * {@value SecretReader#MAX_BATCH_SIZE}, whatever a batch cannot bring one by one, all of
 * it in parallel. A denied batch permission is said once, remembered and worked around.
 * <p>
 * Calls run on short-lived daemon threads and the caller waits for them no longer than
 * the deadline, so that not even a hanging name lookup can hold it back. May be used by
 * one caller at a time.
 */
public class SecretFetcher implements AutoCloseable {

	private static final FetchFailure TIMED_OUT = new FetchFailure(FailureReason.TIMED_OUT,
			"no answer within secrets.fetch.timeout");

	private final SecretReader reader;

	private final FetchSettings settings;

	private final Log log;

	private final AtomicBoolean batchDenied = new AtomicBoolean();

	private final ThreadFactory threads = daemonThreads();

	/**
	 * Create a fetcher.
	 * @param reader makes the calls
	 * @param settings how to fetch
	 * @param log where to say that batches are denied
	 */
	public SecretFetcher(SecretReader reader, FetchSettings settings, Log log) {
		this.reader = reader;
		this.settings = settings;
		this.log = log;
	}

	/**
	 * Fetch all of the given requests.
	 * @param requests what to fetch; duplicates are fetched once
	 * @return a result for each request
	 */
	public Map<SecretRequest, FetchResult> fetch(Collection<SecretRequest> requests) {
		Set<SecretRequest> distinct = new LinkedHashSet<>(requests);
		Map<SecretRequest, FetchResult> results = new LinkedHashMap<>();
		if (distinct.isEmpty()) {
			return results;
		}
		Deadline deadline = new Deadline(this.settings.timeout());
		ExecutorService executor = Executors.newFixedThreadPool(Math.min(distinct.size(), this.settings.concurrency()),
				this.threads);
		try {
			run(executor, plan(distinct, deadline), deadline, results);
			List<SecretRequest> missing = distinct.stream().filter((request) -> !results.containsKey(request)).toList();
			run(executor, singles(missing, deadline), deadline, results);
			return results;
		}
		finally {
			executor.shutdownNow();
		}
	}

	private List<Call> plan(Set<SecretRequest> requests, Deadline deadline) {
		List<SecretRequest> batchable = requests.stream().filter(SecretRequest::isBatchable).toList();
		if (!this.settings.batch() || this.batchDenied.get() || batchable.size() < 2) {
			return singles(requests, deadline);
		}
		List<Call> calls = new ArrayList<>();
		for (int i = 0; i < batchable.size(); i += SecretReader.MAX_BATCH_SIZE) {
			calls.add(
					batch(batchable.subList(i, Math.min(batchable.size(), i + SecretReader.MAX_BATCH_SIZE)), deadline));
		}
		calls.addAll(singles(requests.stream().filter((request) -> !request.isBatchable()).toList(), deadline));
		return calls;
	}

	private List<Call> singles(Collection<SecretRequest> requests, Deadline deadline) {
		return requests.stream().map((request) -> single(request, deadline)).toList();
	}

	private Call single(SecretRequest request, Deadline deadline) {
		return new Call(List.of(request), () -> {
			try {
				return Map.of(request, FetchResult.of(this.reader.read(request, deadline.remaining())));
			}
			catch (FetchException ex) {
				return Map.of(request, FetchResult.of(ex.getFailure()));
			}
		});
	}

	private Call batch(List<SecretRequest> requests, Deadline deadline) {
		return new Call(requests, () -> {
			try {
				return this.reader.readBatch(requests, deadline.remaining());
			}
			catch (FetchException ex) {
				return onFailedBatch(requests, ex.getFailure());
			}
		});
	}

	/**
	 * What is left out of the answer is read one by one afterwards.
	 */
	private Map<SecretRequest, FetchResult> onFailedBatch(List<SecretRequest> requests, FetchFailure failure) {
		switch (failure.reason()) {
			case ACCESS_DENIED -> {
				onDeniedBatch();
				return Map.of();
			}
			case THROTTLED, SERVICE_ERROR, NOT_FOUND, MARKED_FOR_DELETION, DECRYPTION_FAILED -> {
				return Map.of();
			}
			default -> {
				return allFailed(requests, failure);
			}
		}
	}

	private void onDeniedBatch() {
		if (this.batchDenied.compareAndSet(false, true)) {
			this.log.info("Secrets are read one by one because BatchGetSecretValue is denied."
					+ " To read 20 with one call, allow {\"Effect\": \"Allow\","
					+ " \"Action\": \"secretsmanager:BatchGetSecretValue\", \"Resource\": \"*\"}"
					+ " beside secretsmanager:GetSecretValue on each secret,"
					+ " or set secrets.fetch.batch=never to not try it.");
		}
	}

	private void run(ExecutorService executor, List<Call> calls, Deadline deadline,
			Map<SecretRequest, FetchResult> results) {
		if (calls.isEmpty()) {
			return;
		}
		try {
			List<Future<Map<SecretRequest, FetchResult>>> futures = executor.invokeAll(
					calls.stream().map(Call::task).toList(), deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
			for (int i = 0; i < calls.size(); i++) {
				results.putAll(resultOf(calls.get(i), futures.get(i)));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			FetchFailure interrupted = new FetchFailure(FailureReason.TIMED_OUT, "interrupted while waiting");
			calls.forEach((call) -> results.putAll(allFailed(call.requests(), interrupted)));
		}
	}

	private Map<SecretRequest, FetchResult> resultOf(Call call, Future<Map<SecretRequest, FetchResult>> future)
			throws InterruptedException {
		try {
			return future.get();
		}
		catch (CancellationException ex) {
			return allFailed(call.requests(), TIMED_OUT);
		}
		catch (ExecutionException ex) {
			// The class alone: a message of an unforeseen exception may quote anything
			return allFailed(call.requests(), new FetchFailure(FailureReason.SERVICE_ERROR,
					"unexpected " + NestedExceptionUtils.getMostSpecificCause(ex).getClass().getName()));
		}
	}

	private static Map<SecretRequest, FetchResult> allFailed(List<SecretRequest> requests, FetchFailure failure) {
		Map<SecretRequest, FetchResult> results = new LinkedHashMap<>();
		requests.forEach((request) -> results.put(request, FetchResult.of(failure)));
		return results;
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

	private record Call(List<SecretRequest> requests, Callable<Map<SecretRequest, FetchResult>> task) {
	}

	private record Deadline(long nanoTime) {

		Deadline(Duration timeout) {
			this(System.nanoTime() + timeout.toNanos());
		}

		Duration remaining() {
			return Duration.ofNanos(Math.max(1, this.nanoTime - System.nanoTime()));
		}

	}

}
