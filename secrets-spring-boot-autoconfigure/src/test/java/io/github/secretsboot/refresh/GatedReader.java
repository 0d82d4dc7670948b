package io.github.secretsboot.refresh;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.secretsboot.fetch.Deadline;
import io.github.secretsboot.fetch.FetchResult;
import io.github.secretsboot.fetch.SecretReader;
import io.github.secretsboot.fetch.SecretRequest;
import io.github.secretsboot.fetch.SecretValue;
import io.github.secretsboot.fetch.TestSecretReader;

/**
 * Holds back every answer for as long as the gate is closed.
 */
class GatedReader implements SecretReader {

	private final TestSecretReader reader;

	private volatile CountDownLatch gate = new CountDownLatch(0);

	GatedReader(TestSecretReader reader) {
		this.reader = reader;
	}

	void shut() {
		this.gate = new CountDownLatch(1);
	}

	void open() {
		this.gate.countDown();
	}

	private void pass() {
		try {
			if (!this.gate.await(10, TimeUnit.SECONDS)) {
				throw new IllegalStateException("The gate was not opened");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public SecretValue read(SecretRequest request, Deadline deadline) {
		SecretValue value = this.reader.read(request, deadline);
		pass();
		return value;
	}

	@Override
	public Map<SecretRequest, FetchResult> readBatch(List<SecretRequest> requests, Deadline deadline) {
		Map<SecretRequest, FetchResult> results = this.reader.readBatch(requests, deadline);
		pass();
		return results;
	}

	@Override
	public String region() {
		return this.reader.region();
	}

	@Override
	public void close() {
		this.reader.close();
	}

}
