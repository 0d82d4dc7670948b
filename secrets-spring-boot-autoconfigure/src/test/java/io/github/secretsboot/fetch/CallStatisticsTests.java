package io.github.secretsboot.fetch;

import java.util.ArrayList;
import java.util.List;

import io.github.secretsboot.FailureReason;
import io.github.secretsboot.fetch.CallStatistics.EarlyCall;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests {@link CallStatistics}.
 */
class CallStatisticsTests {

	private final CallStatistics statistics = new CallStatistics();

	private final List<String> observed = new ArrayList<>();

	private final CallObserver observer = (operation) -> {
		this.observed.add("start " + operation.awsName());
		return (failure) -> this.observed.add("end " + failure);
	};

	@Test
	void whenCallIsMadeThenItIsCountedUnderItsOperation() {
		this.statistics.observe(CallOperation.GET_SECRET_VALUE, () -> "");
		this.statistics.observe(CallOperation.GET_SECRET_VALUE, () -> "");
		this.statistics.observe(CallOperation.BATCH_GET_SECRET_VALUE, () -> "");
		assertThat(this.statistics.count(CallOperation.GET_SECRET_VALUE)).isEqualTo(2);
		assertThat(this.statistics.count(CallOperation.BATCH_GET_SECRET_VALUE)).isEqualTo(1);
	}

	@Test
	void whenCallFailsThenItIsCountedAndObservedWithItsReason() {
		this.statistics.addObserver(this.observer);
		assertThatExceptionOfType(FetchException.class).isThrownBy(() -> fail(FailureReason.THROTTLED));
		assertThat(this.statistics.count(CallOperation.GET_SECRET_VALUE)).isEqualTo(1);
		assertThat(this.observed).containsExactly("start GetSecretValue", "end throttled");
	}

	@Test
	void whenCallFailsUnexpectedlyThenItIsAServiceError() {
		this.statistics.addObserver(this.observer);
		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> this.statistics.observe(CallOperation.GET_SECRET_VALUE, () -> {
				throw new IllegalStateException();
			}));
		assertThat(this.observed).containsExactly("start GetSecretValue", "end service error");
	}

	@Test
	void whenThereIsNoObserverYetThenCallsAreRemembered() {
		this.statistics.observe(CallOperation.BATCH_GET_SECRET_VALUE, () -> "");
		assertThatExceptionOfType(FetchException.class).isThrownBy(() -> fail(FailureReason.TIMED_OUT));
		this.statistics.addObserver(this.observer);
		this.statistics.observe(CallOperation.GET_SECRET_VALUE, () -> "");
		assertThat(this.statistics.earlyCalls()).extracting(EarlyCall::operation, EarlyCall::failure)
			.containsExactly(tuple(CallOperation.BATCH_GET_SECRET_VALUE, null),
					tuple(CallOperation.GET_SECRET_VALUE, FailureReason.TIMED_OUT));
		assertThat(this.observed).containsExactly("start GetSecretValue", "end null");
	}

	@Test
	void whenThereIsNeverAnObserverThenMemoryIsBounded() {
		for (int i = 0; i < EarlyCalls.CAPACITY + 10; i++) {
			this.statistics.observe(CallOperation.GET_SECRET_VALUE, () -> "");
		}
		assertThat(this.statistics.earlyCalls()).hasSize(EarlyCalls.CAPACITY);
		assertThat(this.statistics.count(CallOperation.GET_SECRET_VALUE)).isEqualTo(EarlyCalls.CAPACITY + 10);
	}

	@Test
	void whenObserverIsRemovedThenItIsToldNoMore() {
		this.statistics.addObserver(this.observer);
		this.statistics.removeObserver(this.observer);
		this.statistics.observe(CallOperation.GET_SECRET_VALUE, () -> "");
		assertThat(this.observed).isEmpty();
	}

	@Test
	void whenThereAreTwoObserversThenTheLastToBeginIsTheFirstToEnd() {
		this.statistics.addObserver(this.observer);
		this.statistics.addObserver((operation) -> {
			this.observed.add("start inner");
			return (failure) -> this.observed.add("end inner");
		});
		this.statistics.observe(CallOperation.GET_SECRET_VALUE, () -> "");
		assertThat(this.observed).containsExactly("start GetSecretValue", "start inner", "end inner", "end null");
	}

	private void fail(FailureReason reason) {
		this.statistics.observe(CallOperation.GET_SECRET_VALUE, () -> {
			throw new FetchException(new FetchFailure(reason, "told to fail"));
		});
	}

}
