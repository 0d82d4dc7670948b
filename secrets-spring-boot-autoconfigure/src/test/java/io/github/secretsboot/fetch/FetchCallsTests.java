package io.github.secretsboot.fetch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.secretsboot.FailureReason;
import io.github.secretsboot.fetch.FetchCalls.EarlyCall;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests how calls are counted and observed.
 */
class FetchCallsTests {

	private static final SecretRequest REQUEST = SecretRequest.current("a");

	private static final Deadline DEADLINE = Deadline.after(Duration.ofMinutes(1));

	private final TestSecretReader reader = new TestSecretReader().put("a", "canary-text");

	private final FetchCalls calls = new FetchCalls(this.reader);

	private final List<String> observed = new ArrayList<>();

	private final CallObserver observer = (operation) -> {
		this.observed.add("start " + operation.awsName());
		return (failure) -> this.observed.add("end " + failure);
	};

	@Test
	void whenCallIsMadeThenItIsCountedUnderItsOperation() {
		this.calls.single(REQUEST, DEADLINE);
		this.calls.single(REQUEST, DEADLINE);
		this.calls.batch(List.of(REQUEST), DEADLINE);
		assertThat(this.calls.count(CallOperation.GET_SECRET_VALUE)).isEqualTo(2);
		assertThat(this.calls.count(CallOperation.BATCH_GET_SECRET_VALUE)).isEqualTo(1);
	}

	@Test
	void whenCallFailsThenItIsCountedAndObservedWithItsReason() {
		this.reader.fail("a", FailureReason.THROTTLED);
		this.calls.addObserver(this.observer);
		assertThat(this.calls.single(REQUEST, DEADLINE).requiredFailure().reason()).isEqualTo(FailureReason.THROTTLED);
		assertThat(this.calls.count(CallOperation.GET_SECRET_VALUE)).isEqualTo(1);
		assertThat(this.observed).containsExactly("start GetSecretValue", "end throttled");
	}

	@Test
	void whenCallFailsUnexpectedlyThenItIsAServiceError() {
		FetchCalls calls = new FetchCalls(new FailingReader(new IllegalStateException("canary-text")));
		calls.addObserver(this.observer);
		assertThat(calls.single(REQUEST, DEADLINE).requiredFailure()).isEqualTo(
				new FetchFailure(FailureReason.SERVICE_ERROR, "unexpected " + IllegalStateException.class.getName()));
		assertThatExceptionOfType(FetchException.class).isThrownBy(() -> calls.batch(List.of(REQUEST), DEADLINE));
		assertThat(this.observed).containsExactly("start GetSecretValue", "end service error",
				"start BatchGetSecretValue", "end service error");
	}

	@Test
	void whenThereIsAnErrorThenTheCallEnds() {
		FetchCalls calls = new FetchCalls(new FailingReader(new StackOverflowError()));
		calls.addObserver(this.observer);
		assertThatExceptionOfType(StackOverflowError.class).isThrownBy(() -> calls.single(REQUEST, DEADLINE));
		assertThat(this.observed).containsExactly("start GetSecretValue", "end service error");
	}

	@Test
	void whenThereIsNoObserverYetThenCallsAreRemembered() {
		this.calls.batch(List.of(REQUEST), DEADLINE);
		this.reader.fail("a", FailureReason.TIMED_OUT);
		this.calls.single(REQUEST, DEADLINE);
		this.calls.addObserver(this.observer);
		this.calls.single(REQUEST, DEADLINE);
		assertThat(this.calls.earlyCalls()).extracting(EarlyCall::operation, EarlyCall::failure)
			.containsExactly(tuple(CallOperation.BATCH_GET_SECRET_VALUE, null),
					tuple(CallOperation.GET_SECRET_VALUE, FailureReason.TIMED_OUT));
		assertThat(this.observed).containsExactly("start GetSecretValue", "end timed out");
	}

	@Test
	void whenThereIsNeverAnObserverThenMemoryIsBounded() {
		for (int i = 0; i < 1010; i++) {
			this.calls.single(REQUEST, DEADLINE);
		}
		assertThat(this.calls.earlyCalls()).hasSize(1000);
		assertThat(this.calls.count(CallOperation.GET_SECRET_VALUE)).isEqualTo(1010);
	}

	@Test
	void whenObserverIsRemovedThenItIsToldNoMore() {
		this.calls.addObserver(this.observer);
		this.calls.removeObserver(this.observer);
		this.calls.single(REQUEST, DEADLINE);
		assertThat(this.observed).isEmpty();
	}

	@Test
	void whenThereAreTwoObserversThenTheLastToBeginIsTheFirstToEnd() {
		this.calls.addObserver(this.observer);
		this.calls.addObserver((operation) -> {
			this.observed.add("start inner");
			return (failure) -> this.observed.add("end inner");
		});
		this.calls.single(REQUEST, DEADLINE);
		assertThat(this.observed).containsExactly("start GetSecretValue", "start inner", "end inner", "end null");
	}

	private record FailingReader(Throwable failure) implements SecretReader {

		@Override
		public SecretValue read(SecretRequest request, Deadline deadline) {
			throw fail();
		}

		@Override
		public Map<SecretRequest, FetchResult> readBatch(List<SecretRequest> requests, Deadline deadline) {
			throw fail();
		}

		private RuntimeException fail() {
			if (this.failure instanceof Error error) {
				throw error;
			}
			return (RuntimeException) this.failure;
		}

		@Override
		public String region() {
			return "eu-central-1";
		}

		@Override
		public void close() {
		}

	}

}
