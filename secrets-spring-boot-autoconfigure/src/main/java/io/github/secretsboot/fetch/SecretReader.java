package io.github.secretsboot.fetch;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The calls of Secrets Manager that fetching needs. Called by many threads at once.
 */
public interface SecretReader extends AutoCloseable {

	/** The most names that one {@link #readBatch} may ask for. */
	int MAX_BATCH_SIZE = 20;

	/**
	 * Read one version with {@code GetSecretValue}.
	 * @param request what to read
	 * @param deadline when the call must be over, retries included
	 * @return the value
	 * @throws FetchException if the call fails
	 */
	SecretValue read(SecretRequest request, Deadline deadline);

	/**
	 * Read current versions with {@code BatchGetSecretValue}.
	 * @param requests 1 to {@value #MAX_BATCH_SIZE} batchable requests with the same
	 * location
	 * @param deadline when the call must be over, retries included
	 * @return a result for each request that AWS answered; a request may be missing
	 * @throws FetchException if the call fails as a whole
	 */
	Map<SecretRequest, FetchResult> readBatch(List<SecretRequest> requests, Deadline deadline);

	/**
	 * Make locations that mean the same equal, so that their requests share batches: the
	 * application's own region may be written as {@code null}. May have to look for that
	 * region.
	 * @param location a location
	 * @return the location to use instead
	 */
	default Location normalize(Location location) {
		return location;
	}

	/**
	 * The region that is read from.
	 * @return the region, or {@code null} as long as none is known
	 */
	@Nullable String region();

	@Override
	void close();

}
