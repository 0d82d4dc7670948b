package io.github.secretsboot.fetch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.github.secretsboot.FailureReason;
import org.jspecify.annotations.Nullable;

/**
 * All calls that it takes to fetch some requests, each from its own location, at the same
 * time. What a batch does not bring is read singly as soon as that is known, whatever the
 * other calls are waiting for. Used once, by one thread; the calls run on other threads
 * and what they bring is collected by the one that waits for them.
 */
class FetchRound {

	private final FetchCalls calls;

	private final Deadline deadline;

	private final CompletionService<Answer> answers;

	private final Map<SecretRequest, FetchResult> results = new LinkedHashMap<>();

	private final List<Answer> batches = new ArrayList<>();

	private int pending;

	FetchRound(FetchCalls calls, ExecutorService executor, Deadline deadline) {
		this.calls = calls;
		this.deadline = deadline;
		this.answers = new ExecutorCompletionService<>(executor);
	}

	Map<SecretRequest, FetchResult> fetch(Map<Location, List<List<SecretRequest>>> plan,
			Collection<SecretRequest> requests) {
		Set<SecretRequest> singles = new LinkedHashSet<>(requests);
		plan.values().forEach((batches) -> batches.forEach((batch) -> {
			batch.forEach(singles::remove);
			submitBatch(batch);
		}));
		singles.forEach(this::submitSingle);
		FetchFailure missing = collect();
		requests.forEach((request) -> this.results.putIfAbsent(request, FetchResult.of(missing)));
		return this.results;
	}

	private void submitBatch(List<SecretRequest> requests) {
		this.pending++;
		this.answers.submit(() -> {
			try {
				return new Answer(requests, this.calls.batch(requests, this.deadline), null);
			}
			catch (FetchException ex) {
				return new Answer(requests, afterFailedBatch(requests, ex.getFailure()), ex.getFailure());
			}
		});
	}

	private void submitSingle(SecretRequest request) {
		this.pending++;
		this.answers.submit(
				() -> new Answer(List.of(request), Map.of(request, this.calls.single(request, this.deadline)), null));
	}

	/**
	 * What is left out of the answer is read one by one afterwards.
	 */
	private Map<SecretRequest, FetchResult> afterFailedBatch(List<SecretRequest> requests, FetchFailure failure) {
		return switch (failure.reason()) {
			case ACCESS_DENIED, THROTTLED, SERVICE_ERROR, NOT_FOUND, MARKED_FOR_DELETION, DECRYPTION_FAILED -> Map.of();
			default -> {
				Map<SecretRequest, FetchResult> failed = new LinkedHashMap<>();
				requests.forEach((request) -> failed.put(request, FetchResult.of(failure)));
				yield failed;
			}
		};
	}

	/**
	 * Wait for all calls.
	 * @return what it means for a request to have no result after that
	 */
	private FetchFailure collect() {
		try {
			while (this.pending > 0) {
				Future<Answer> answer = this.answers.poll(this.deadline.nanos(), TimeUnit.NANOSECONDS);
				if (answer == null) {
					return FetchCalls.TIMED_OUT;
				}
				this.pending--;
				add(answer.get());
			}
			return FetchCalls.TIMED_OUT;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return new FetchFailure(FailureReason.TIMED_OUT, "interrupted while waiting", false);
		}
		catch (ExecutionException ex) {
			return FetchCalls.unexpected(ex);
		}
	}

	private void add(Answer answer) {
		this.results.putAll(answer.results());
		if (answer.requests().size() > 1) {
			this.batches.add(answer);
			answer.requests()
				.stream()
				.filter((request) -> !answer.results().containsKey(request))
				.forEach(this::submitSingle);
		}
	}

	/**
	 * What there is to learn about the batches of one location.
	 */
	BatchRules.Round outcome(Location location) {
		boolean answered = false;
		boolean throttled = false;
		List<SecretRequest> denied = new ArrayList<>();
		String denial = "";
		for (Answer batch : this.batches) {
			if (batch.requests().get(0).location().equals(location)) {
				answered |= batch.failure() == null;
				throttled |= batch.isFailedBy(FailureReason.THROTTLED);
				if (batch.failure() != null && batch.isFailedBy(FailureReason.ACCESS_DENIED)) {
					denied.addAll(batch.requests());
					denial = batch.failure().detail();
				}
			}
		}
		return new BatchRules.Round(answered, throttled, denied, denial, this.results);
	}

	/**
	 * The answer to one call.
	 *
	 * @param requests what was asked for
	 * @param results what it brought
	 * @param failure why a batch failed as a whole
	 */
	private record Answer(List<SecretRequest> requests, Map<SecretRequest, FetchResult> results,
			@Nullable FetchFailure failure) {

		boolean isFailedBy(FailureReason reason) {
			return this.failure != null && this.failure.reason() == reason;
		}

	}

}
