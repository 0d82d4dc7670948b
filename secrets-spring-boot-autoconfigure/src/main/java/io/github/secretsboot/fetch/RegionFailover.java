package io.github.secretsboot.fetch;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;

/**
 * Reads replicas in other regions where the region of a secret is out: not reachable,
 * silent, failing or throttling for longer than its part of the time. What AWS answers
 * about a request, such as a denial, is an answer and leads nowhere else.
 * <p>
 * A region that gave no answer at all is remembered. From then on it is asked for one
 * secret, for a short time, before anything else, and used again as soon as it answers.
 * Used by one thread at a time.
 */
class RegionFailover {

	private static final Duration LONGEST_PROBE = Duration.ofSeconds(1);

	/** How much of the time a probe may take. */
	private static final int PROBE_PART = 8;

	private final List<String> regions;

	private final FetchRounds rounds;

	private final SecretReader reader;

	private final Log log;

	private final Set<Location> out = new HashSet<>();

	private final Set<Location> replaced = new HashSet<>();

	RegionFailover(List<String> regions, FetchRounds rounds, SecretReader reader, Log log) {
		this.regions = regions;
		this.rounds = rounds;
		this.reader = reader;
		this.log = log;
	}

	/**
	 * Fetch from the first region that has an answer.
	 * @param requests what to fetch
	 * @param deadline when all of it must be over
	 * @return a result for each request
	 */
	Map<SecretRequest, FetchResult> fetch(Collection<SecretRequest> requests, Deadline deadline) {
		if (this.regions.isEmpty()) {
			return this.rounds.fetch(requests, deadline);
		}
		Map<SecretRequest, FetchResult> primary = new LinkedHashMap<>(probe(requests, deadline));
		List<SecretRequest> unknown = requests.stream().filter((request) -> !primary.containsKey(request)).toList();
		primary.putAll(this.rounds.fetch(unknown, deadline.first(this.regions.size() + 1)));
		Map<Location, List<SecretRequest>> byLocation = FetchRounds.byLocation(requests);
		byLocation.forEach((location, located) -> remember(location, located, primary));
		Map<SecretRequest, FetchResult> results = new LinkedHashMap<>(primary);
		Map<Location, String> servedBy = new LinkedHashMap<>();
		for (int i = 0; i < this.regions.size(); i++) {
			fetchReplicas(this.regions.get(i), results, deadline.first(this.regions.size() - i), servedBy);
		}
		byLocation.forEach((location, located) -> report(location, located, primary, servedBy.get(location)));
		return results;
	}

	private Map<SecretRequest, FetchResult> probe(Collection<SecretRequest> requests, Deadline deadline) {
		Map<Location, List<SecretRequest>> suspects = FetchRounds.byLocation(requests);
		suspects.keySet().retainAll(this.out);
		Deadline end = Deadline.after(LONGEST_PROBE).orEarlier(deadline.first(PROBE_PART));
		Map<SecretRequest, FetchResult> probed = this.rounds
			.fetch(suspects.values().stream().map((located) -> located.get(0)).toList(), end);
		Map<SecretRequest, FetchResult> results = new LinkedHashMap<>(probed);
		suspects.values().forEach((located) -> {
			FetchResult result = Objects.requireNonNull(probed.get(located.get(0)));
			if (result.isOutage()) {
				located.forEach((request) -> results.put(request, result));
			}
		});
		return results;
	}

	private void remember(Location location, List<SecretRequest> requests, Map<SecretRequest, FetchResult> primary) {
		if (requests.stream().allMatch((request) -> Objects.requireNonNull(primary.get(request)).isOutage())) {
			this.out.add(location);
		}
		else {
			this.out.remove(location);
		}
	}

	private void fetchReplicas(String region, Map<SecretRequest, FetchResult> results, Deadline deadline,
			Map<Location, String> servedBy) {
		Map<SecretRequest, SecretRequest> replicas = new LinkedHashMap<>();
		results.forEach((request, result) -> {
			if (result.isOutage() && !region.equals(regionOf(request.location()))) {
				replicas.put(request, request.inRegion(region));
			}
		});
		Map<SecretRequest, FetchResult> answers = this.rounds.fetch(replicas.values(), deadline);
		replicas.forEach((request, replica) -> {
			FetchResult answer = Objects.requireNonNull(answers.get(replica));
			if (answer.value() != null) {
				servedBy.putIfAbsent(request.location(), region);
				results.put(request, answer);
			}
			else {
				results.put(request, alsoFailed(results.get(request), region, answer.requiredFailure()));
			}
		});
	}

	/**
	 * The outage stays the reason: that there is no replica does not mean that there is
	 * no secret.
	 */
	private static FetchResult alsoFailed(@Nullable FetchResult result, String region, FetchFailure replica) {
		FetchFailure failure = Objects.requireNonNull(result).requiredFailure();
		return FetchResult.of(new FetchFailure(failure.reason(),
				failure.detail() + "; replica in " + region + ": " + replica.reason(), true));
	}

	private void report(Location location, List<SecretRequest> requests, Map<SecretRequest, FetchResult> primary,
			@Nullable String servedBy) {
		FetchResult outage = requests.stream()
			.map((request) -> Objects.requireNonNull(primary.get(request)))
			.filter(FetchResult::isOutage)
			.findFirst()
			.orElse(null);
		if (outage == null && this.replaced.remove(location)) {
			this.log.info("Secrets are read from " + regionOf(location) + " again");
		}
		if (outage != null && servedBy != null && this.replaced.add(location)) {
			this.log.warn("Secrets are read from " + servedBy + ", because " + regionOf(location) + " is out: "
					+ outage.requiredFailure().reason() + " (" + outage.requiredFailure().detail() + ")");
		}
	}

	private @Nullable String regionOf(Location location) {
		return (location.region() != null) ? location.region() : this.reader.region();
	}

}
