package io.github.secretsboot.test;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/**
 * What was asked for, in the order of arrival. Any thread may write and read.
 */
final class CallLog {

	private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();

	void add(RecordedRequest request) {
		this.requests.add(request);
	}

	List<RecordedRequest> requests() {
		return List.copyOf(this.requests);
	}

	int count(Predicate<RecordedRequest> predicate) {
		return (int) this.requests.stream().filter(predicate).count();
	}

	void reset() {
		this.requests.clear();
	}

}
