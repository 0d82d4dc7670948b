package io.github.secretsboot.fetch.aws;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.github.secretsboot.SecretVersion;
import io.github.secretsboot.fetch.Deadline;
import io.github.secretsboot.fetch.FetchException;
import io.github.secretsboot.fetch.FetchResult;
import io.github.secretsboot.fetch.Location;
import io.github.secretsboot.fetch.SecretReader;
import io.github.secretsboot.fetch.SecretRequest;
import io.github.secretsboot.fetch.SecretValue;
import io.github.secretsboot.fetch.aws.SecretsManagerCalls.EntryError;
import io.github.secretsboot.fetch.aws.SecretsManagerCalls.Page;
import io.github.secretsboot.iam.SecretArn;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Reads secrets from where, and as whom, Spring Cloud AWS's configuration says. Region,
 * credentials and client are looked for by the first call, on the thread of that call, so
 * that this counts towards the fetch timeout.
 */
public final class SecretsManagerReader implements SecretReader {

	private final SecretsManagerClientSource clients;

	private final Function<Location, SecretsManagerCalls> factory;

	private final Map<Location, SecretsManagerCalls> calls = new HashMap<>();

	private volatile @Nullable SecretsManagerCalls own;

	private boolean regionUnknown;

	private volatile boolean closed;

	/**
	 * Create a reader that uses the SDK's client.
	 * @param clients where it comes from; closed with the reader
	 */
	public SecretsManagerReader(SecretsManagerClientSource clients) {
		this(clients, clients::calls);
	}

	/**
	 * Create a reader.
	 * @param clients where the SDK's client comes from; closed with the reader
	 * @param factory makes the calls of a location when they are first needed
	 */
	public SecretsManagerReader(SecretsManagerClientSource clients, Function<Location, SecretsManagerCalls> factory) {
		this.clients = clients;
		this.factory = factory;
	}

	@Override
	public SecretValue read(SecretRequest request, Deadline deadline) {
		try {
			return calls(request.location()).get(request, deadline);
		}
		catch (SdkException ex) {
			throw new FetchException(AwsFailures.of(ex));
		}
	}

	@Override
	public Map<SecretRequest, FetchResult> readBatch(List<SecretRequest> requests, Deadline deadline) {
		List<String> names = requests.stream().map(SecretRequest::name).toList();
		Map<SecretRequest, FetchResult> results = new LinkedHashMap<>();
		@Nullable String nextToken = null;
		try {
			do {
				Page page = calls(requests.get(0).location()).batch(names, nextToken, deadline);
				requests.forEach((request) -> addResult(request, page, results));
				nextToken = page.nextToken();
			}
			while (nextToken != null && !deadline.isOver());
			return results;
		}
		catch (SdkException ex) {
			throw new FetchException(AwsFailures.of(ex));
		}
	}

	private void addResult(SecretRequest request, Page page, Map<SecretRequest, FetchResult> results) {
		for (SecretValue value : page.values()) {
			if (isNamed(value.version(), request.name())) {
				results.put(request, FetchResult.of(value));
			}
		}
		for (EntryError error : page.errors()) {
			if (request.name().equals(error.secretId())) {
				results.put(request, FetchResult.of(AwsFailures.of(error.code(), error.message())));
			}
		}
	}

	private boolean isNamed(SecretVersion version, String name) {
		return name.equals(version.name()) || name.equals(version.arn()) || SecretArn.completes(version.arn(), name);
	}

	private SecretsManagerCalls calls(Location location) {
		if (this.closed) {
			throw new IllegalStateException("The reader is closed");
		}
		SecretsManagerCalls current = location.equals(Location.DEFAULT) ? this.own : null;
		return (current != null) ? current : findCalls(location);
	}

	private synchronized SecretsManagerCalls findCalls(Location location) {
		SecretsManagerCalls current = this.calls.get(location);
		if (current == null) {
			current = this.factory.apply(location);
			this.calls.put(location, current);
			if (location.equals(Location.DEFAULT)) {
				this.own = current;
			}
		}
		return current;
	}

	@Override
	public Location normalize(Location location) {
		return (location.region() != null && location.region().equals(ownRegion())) ? location.withRegion(null)
				: location;
	}

	/**
	 * The application's own region, looked for if nobody has looked for it yet.
	 */
	private synchronized @Nullable String ownRegion() {
		if (this.own == null && !this.regionUnknown) {
			try {
				findCalls(Location.DEFAULT);
			}
			catch (SdkException ex) {
				// Fine where every source says its region
				this.regionUnknown = true;
			}
		}
		return region();
	}

	@Override
	public @Nullable String region() {
		SecretsManagerCalls current = this.own;
		return (current != null) ? current.region() : null;
	}

	@Override
	public void close() {
		this.closed = true;
		this.clients.close();
	}

}
