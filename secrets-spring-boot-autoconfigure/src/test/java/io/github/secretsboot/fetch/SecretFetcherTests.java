package io.github.secretsboot.fetch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;

import io.github.secretsboot.FailureReason;
import io.github.secretsboot.SecretVersion;
import org.apache.commons.logging.Log;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link SecretFetcher}.
 */
class SecretFetcherTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private final ScriptedReader reader = new ScriptedReader();

	private final Log log = mock(Log.class);

	@Test
	void whenNothingIsAskedForThenNoCallIsMade() {
		assertThat(fetcher(true, 4).fetch(List.of())).isEmpty();
		assertThat(this.reader.calls).isEmpty();
	}

	@Test
	void whenRequestIsRepeatedThenItIsFetchedOnce() {
		Map<SecretRequest, FetchResult> results = fetcher(false, 4)
			.fetch(Arrays.asList(SecretRequest.current("a"), SecretRequest.current("b"), SecretRequest.current("a")));
		assertThat(results.keySet()).extracting(SecretRequest::name).containsExactlyInAnyOrder("a", "b");
		assertThat(this.reader.calls).containsExactlyInAnyOrder(List.of("a"), List.of("b"));
	}

	@Test
	void whenRequestNamesAVersionThenItStaysOutOfTheBatch() {
		SecretRequest staged = new SecretRequest("a", SecretRequest.PREVIOUS, null);
		SecretRequest pinned = new SecretRequest("a", null, "version");
		SecretRequest labelled = new SecretRequest("c", SecretRequest.CURRENT, null);
		Map<SecretRequest, FetchResult> results = fetcher(true, 4)
			.fetch(List.of(SecretRequest.current("a"), staged, pinned, SecretRequest.current("b"), labelled));
		assertThat(results).hasSize(5).allSatisfy((request, result) -> assertThat(result.value()).isNotNull());
		assertThat(this.reader.calls).containsExactlyInAnyOrder(List.of("a", "b", "c"), List.of("a"), List.of("a"));
	}

	@Test
	void whenBatchLeavesSecretsOutThenTheyAreReadSingly() {
		this.reader.batch = (requests) -> valuesOf(requests.subList(0, 2));
		Map<SecretRequest, FetchResult> results = fetcher(true, 4).fetch(requests(4));
		assertThat(results).hasSize(4).allSatisfy((request, result) -> assertThat(result.value()).isNotNull());
		assertThat(this.reader.calls).containsExactlyInAnyOrder(List.of("s0", "s1", "s2", "s3"), List.of("s2"),
				List.of("s3"));
	}

	@Test
	void whenBatchIsDeniedThenItIsSaidOnceAndNotTriedAgain() {
		this.reader.batch = failing(FailureReason.ACCESS_DENIED);
		SecretFetcher fetcher = fetcher(true, 4);
		assertThat(fetcher.fetch(requests(3))).hasSize(3)
			.allSatisfy((request, result) -> assertThat(result.value()).isNotNull());
		assertThat(fetcher.fetch(requests(3))).hasSize(3);
		assertThat(this.reader.calls).filteredOn((names) -> names.size() > 1).hasSize(1);
		then(this.log).should()
			.info(contains("{\"Effect\": \"Allow\", \"Action\": \"secretsmanager:BatchGetSecretValue\","
					+ " \"Resource\": \"*\"}"));
		then(this.log).shouldHaveNoMoreInteractions();
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVICE_ERROR", "DECRYPTION_FAILED" })
	void whenBatchFailsForAReasonOfItsOwnThenSecretsAreReadSingly(FailureReason reason) {
		this.reader.batch = failing(reason);
		SecretFetcher fetcher = fetcher(true, 4);
		assertThat(fetcher.fetch(requests(3))).hasSize(3)
			.allSatisfy((request, result) -> assertThat(result.value()).isNotNull());
		fetcher.fetch(requests(3));
		assertThat(this.reader.calls).filteredOn((names) -> names.size() > 1).as("tried again").hasSize(2);
		then(this.log).shouldHaveNoInteractions();
	}

	@ParameterizedTest
	@EnumSource(names = { "NO_CREDENTIALS", "EXPIRED_CREDENTIALS", "NO_REGION", "UNREACHABLE", "TIMED_OUT" })
	void whenBatchFailsForAReasonThatConcernsEveryCallThenSinglesAreSpared(FailureReason reason) {
		this.reader.batch = failing(reason);
		assertThat(fetcher(true, 4).fetch(requests(3))).hasSize(3)
			.allSatisfy((request, result) -> assertThat(result.requiredFailure().reason()).isEqualTo(reason));
		assertThat(this.reader.calls).hasSize(1);
	}

	@Test
	void whenConcurrencyIsBoundThenNoMoreReadsAreInFlight() {
		CyclicBarrier barrier = new CyclicBarrier(3);
		AtomicInteger inFlight = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		this.reader.single = (request) -> {
			most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
			try {
				barrier.await(10, TimeUnit.SECONDS);
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
			finally {
				inFlight.decrementAndGet();
			}
			return valueOf(request);
		};
		assertThat(fetcher(false, 3).fetch(requests(9))).hasSize(9)
			.allSatisfy((request, result) -> assertThat(result.value()).isNotNull());
		assertThat(most).hasValue(3);
	}

	@Test
	void whenOneReadHangsThenTheOthersResultsAreKept() {
		CountDownLatch never = new CountDownLatch(1);
		this.reader.single = (request) -> {
			if (request.name().equals("s1")) {
				awaitIgnoringInterrupts(never);
			}
			return valueOf(request);
		};
		long start = System.nanoTime();
		Map<SecretRequest, FetchResult> results = new SecretFetcher(this.reader,
				new FetchSettings(false, 4, Duration.ofMillis(500)), this.log)
			.fetch(requests(3));
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
		never.countDown();
		assertThat(results.get(SecretRequest.current("s0")).value()).isNotNull();
		assertThat(results.get(SecretRequest.current("s1")).requiredFailure().reason())
			.isEqualTo(FailureReason.TIMED_OUT);
		assertThat(results.get(SecretRequest.current("s2")).value()).isNotNull();
	}

	@Test
	void whenDeadlineIsSetThenReadersAreGivenIt() {
		Deadline deadline = Deadline.after(TIMEOUT);
		fetcher(true, 4).fetch(requests(25), deadline);
		assertThat(this.reader.deadlines).containsExactly(deadline);
	}

	@Test
	void whenReaderThrowsSomethingElseThenItsMessageIsNotPassedOn() {
		this.reader.single = (request) -> {
			throw new IllegalStateException("canary-value");
		};
		assertThat(fetcher(false, 4).fetch(requests(1)).values()).singleElement()
			.satisfies((result) -> assertThat(result.requiredFailure()).isEqualTo(new FetchFailure(
					FailureReason.SERVICE_ERROR, "unexpected " + IllegalStateException.class.getName())));
	}

	@Test
	void whenCallerIsInterruptedThenAllFailAndTheInterruptIsKept() {
		CountDownLatch fetched = new CountDownLatch(1);
		this.reader.single = (request) -> {
			awaitIgnoringInterrupts(fetched);
			return valueOf(request);
		};
		Thread.currentThread().interrupt();
		Map<SecretRequest, FetchResult> results = fetcher(false, 1).fetch(requests(3));
		fetched.countDown();
		assertThat(Thread.interrupted()).isTrue();
		assertThat(results).hasSize(3);
		assertThat(results.values())
			.allSatisfy((result) -> assertThat(result.requiredFailure().reason()).isEqualTo(FailureReason.TIMED_OUT));
	}

	@Test
	void whenClosedThenReaderIsClosed() {
		SecretFetcher fetcher = fetcher(true, 4);
		fetcher.close();
		assertThat(this.reader.closed).isTrue();
	}

	private SecretFetcher fetcher(boolean batch, int concurrency) {
		return new SecretFetcher(this.reader, new FetchSettings(batch, concurrency, TIMEOUT), this.log);
	}

	private static List<SecretRequest> requests(int count) {
		return IntStream.range(0, count).mapToObj((i) -> SecretRequest.current("s" + i)).toList();
	}

	private static Function<List<SecretRequest>, Map<SecretRequest, FetchResult>> failing(FailureReason reason) {
		return (requests) -> {
			throw new FetchException(new FetchFailure(reason, "told to fail"));
		};
	}

	private static Map<SecretRequest, FetchResult> valuesOf(List<SecretRequest> requests) {
		Map<SecretRequest, FetchResult> results = new LinkedHashMap<>();
		requests.forEach((request) -> results.put(request, FetchResult.of(valueOf(request))));
		return results;
	}

	private static SecretValue valueOf(SecretRequest request) {
		return SecretValue.ofText(new SecretVersion(request.name(), "arn", "version", List.of(), null), "canary-text");
	}

	private static void awaitIgnoringInterrupts(CountDownLatch latch) {
		while (latch.getCount() > 0) {
			try {
				latch.await(15, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				// A call that hangs does not always notice
			}
		}
	}

	private static final class ScriptedReader implements SecretReader {

		private final List<List<String>> calls = new ArrayList<>();

		private final Set<Deadline> deadlines = new HashSet<>();

		private Function<SecretRequest, SecretValue> single = SecretFetcherTests::valueOf;

		private Function<List<SecretRequest>, Map<SecretRequest, FetchResult>> batch = SecretFetcherTests::valuesOf;

		private boolean closed;

		@Override
		public SecretValue read(SecretRequest request, Deadline deadline) {
			record(List.of(request), deadline);
			return this.single.apply(request);
		}

		@Override
		public Map<SecretRequest, FetchResult> readBatch(List<SecretRequest> requests, Deadline deadline) {
			record(requests, deadline);
			return this.batch.apply(requests);
		}

		private synchronized void record(List<SecretRequest> requests, Deadline deadline) {
			this.calls.add(requests.stream().map(SecretRequest::name).toList());
			this.deadlines.add(deadline);
		}

		@Override
		public String region() {
			return "eu-central-1";
		}

		@Override
		public void close() {
			this.closed = true;
		}

	}

}
