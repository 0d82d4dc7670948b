package io.github.secretsboot.fetch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;

import io.github.secretsboot.iam.IamStatement;
import org.apache.commons.logging.Log;

/**
 * Fetches requests from where they say, in as few calls as is known to be possible there,
 * and learns from each round. A denied batch permission is said once for each location.
 * Used by one thread at a time.
 */
class FetchRounds {

	private final FetchCalls calls;

	private final FetchSettings settings;

	private final ThreadFactory threads;

	private final Log log;

	private final Map<Location, BatchRules> batchRules = new ConcurrentHashMap<>();

	private final Set<Location> saidBatchDenied = ConcurrentHashMap.newKeySet();

	FetchRounds(FetchCalls calls, FetchSettings settings, ThreadFactory threads, Log log) {
		this.calls = calls;
		this.settings = settings;
		this.threads = threads;
		this.log = log;
	}

	/**
	 * Fetch distinct requests.
	 * @return a result for each of them
	 */
	Map<SecretRequest, FetchResult> fetch(Collection<SecretRequest> requests, Deadline deadline) {
		if (requests.isEmpty()) {
			return Map.of();
		}
		// One for each round: what hangs in one must not hold back the next
		ExecutorService executor = Executors.newFixedThreadPool(Math.min(requests.size(), this.settings.concurrency()),
				this.threads);
		try {
			FetchRound round = new FetchRound(this.calls, executor, deadline);
			Map<Location, List<List<SecretRequest>>> plan = plan(requests);
			Map<SecretRequest, FetchResult> results = round.fetch(plan, requests);
			plan.keySet().forEach((location) -> learn(location, round.outcome(location)));
			return results;
		}
		finally {
			executor.shutdownNow();
		}
	}

	/**
	 * How many calls fetching distinct requests takes if nothing goes wrong.
	 */
	int plannedCalls(Collection<SecretRequest> requests) {
		List<List<SecretRequest>> batches = plan(requests).values().stream().flatMap(List::stream).toList();
		return requests.size() - batches.stream().mapToInt(List::size).sum() + batches.size();
	}

	private Map<Location, List<List<SecretRequest>>> plan(Collection<SecretRequest> requests) {
		Map<Location, List<List<SecretRequest>>> plan = new LinkedHashMap<>();
		byLocation(requests).forEach(
				(location, all) -> plan.put(location, this.settings.batch() ? rules(location).plan(all) : List.of()));
		return plan;
	}

	static Map<Location, List<SecretRequest>> byLocation(Collection<SecretRequest> requests) {
		Map<Location, List<SecretRequest>> located = new LinkedHashMap<>();
		requests.forEach(
				(request) -> located.computeIfAbsent(request.location(), (location) -> new ArrayList<>()).add(request));
		return located;
	}

	private void learn(Location location, BatchRules.Round outcome) {
		if (rules(location).learn(outcome) && this.saidBatchDenied.add(location)) {
			Denial denial = Denial.of(outcome.denial());
			String remedy = denial.explicit() ? "remove the deny in the " + denial.policy() : "allow "
					+ IamStatement.batchGet() + " in addition to secretsmanager:GetSecretValue on each secret";
			this.log.info("Secrets are read one by one because BatchGetSecretValue is denied to " + denial.who()
					+ ". To read 20 with one call, " + remedy + ". To stop trying, set secrets.fetch.batch=never.");
		}
	}

	private BatchRules rules(Location location) {
		return this.batchRules.computeIfAbsent(location,
				(key) -> new BatchRules(() -> ThreadLocalRandom.current().nextDouble()));
	}

}
