package io.github.secretsboot.fetch;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import io.github.secretsboot.FailureReason;
import io.github.secretsboot.SecretVersion;

/**
 * A {@link SecretReader} that reads from memory. Safe for use by many threads.
 */
public class TestSecretReader implements SecretReader {

	/** The region that it claims to read from. */
	public static final String REGION = "eu-central-1";

	private final Map<String, Entry> current = new ConcurrentHashMap<>();

	private final Map<String, Entry> previous = new ConcurrentHashMap<>();

	private final Map<String, FetchFailure> failures = new ConcurrentHashMap<>();

	private final AtomicInteger calls = new AtomicInteger();

	private final AtomicInteger versions = new AtomicInteger();

	private final AtomicBoolean closed = new AtomicBoolean();

	/**
	 * Create a secret, or rotate it to another version.
	 * @param name its name
	 * @param text the text of the new version
	 * @return this
	 */
	public TestSecretReader put(String name, String text) {
		return put(name, (version) -> SecretValue.ofText(version, text));
	}

	/**
	 * Create a binary secret, or rotate it to another version.
	 * @param name its name
	 * @param bytes the bytes of the new version
	 * @return this
	 */
	public TestSecretReader put(String name, byte[] bytes) {
		return put(name, (version) -> SecretValue.ofBytes(version, bytes));
	}

	private TestSecretReader put(String name, Function<SecretVersion, SecretValue> content) {
		String id = "version-" + this.versions.incrementAndGet();
		Entry replaced = this.current.put(name, new Entry(id, content));
		if (replaced != null) {
			this.previous.put(name, replaced);
		}
		this.failures.remove(name);
		return this;
	}

	/**
	 * Delete a secret.
	 * @param name its name
	 * @return this
	 */
	public TestSecretReader remove(String name) {
		this.current.remove(name);
		this.previous.remove(name);
		return this;
	}

	/**
	 * Have reads of a secret fail until there is another version or {@link #recover}.
	 * @param name its name
	 * @param reason why they fail
	 * @return this
	 */
	public TestSecretReader fail(String name, FailureReason reason) {
		this.failures.put(name, new FetchFailure(reason, "told to fail"));
		return this;
	}

	/**
	 * Have reads of a secret succeed again.
	 * @param name its name
	 * @return this
	 */
	public TestSecretReader recover(String name) {
		this.failures.remove(name);
		return this;
	}

	/**
	 * How many calls were made, whatever came of them. A batch is one.
	 * @return the number
	 */
	public int calls() {
		return this.calls.get();
	}

	/**
	 * Whether it was closed.
	 * @return {@code true} if it was
	 */
	public boolean isClosed() {
		return this.closed.get();
	}

	@Override
	public SecretValue read(SecretRequest request, Deadline deadline) {
		this.calls.incrementAndGet();
		FetchResult result = result(request);
		if (result.value() == null) {
			throw new FetchException(result.requiredFailure());
		}
		return result.value();
	}

	@Override
	public Map<SecretRequest, FetchResult> readBatch(List<SecretRequest> requests, Deadline deadline) {
		this.calls.incrementAndGet();
		Map<SecretRequest, FetchResult> results = new LinkedHashMap<>();
		requests.forEach((request) -> results.put(request, result(request)));
		return results;
	}

	private FetchResult result(SecretRequest request) {
		FetchFailure failure = this.failures.get(request.name());
		if (failure != null) {
			return FetchResult.of(failure);
		}
		boolean isPrevious = SecretRequest.PREVIOUS.equals(request.stage());
		Entry entry = (isPrevious ? this.previous : this.current).get(request.name());
		if (entry == null || (request.versionId() != null && !request.versionId().equals(entry.versionId))) {
			return FetchResult.of(new FetchFailure(FailureReason.NOT_FOUND, "there is no such version"));
		}
		return FetchResult.of(entry.content.apply(
				version(request.name(), entry.versionId, isPrevious ? SecretRequest.PREVIOUS : SecretRequest.CURRENT)));
	}

	private static SecretVersion version(String name, String id, String stage) {
		return new SecretVersion(name, "arn:aws:secretsmanager:" + REGION + ":123456789012:secret:" + name + "-a1B2c3",
				id, List.of(stage), Instant.EPOCH);
	}

	@Override
	public String region() {
		return REGION;
	}

	@Override
	public void close() {
		this.closed.set(true);
	}

	private record Entry(String versionId, Function<SecretVersion, SecretValue> content) {
	}

}
