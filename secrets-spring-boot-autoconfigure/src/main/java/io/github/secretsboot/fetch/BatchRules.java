package io.github.secretsboot.fetch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.DoubleSupplier;

/**
 * Which requests of one location go into batches, and what is learned from the answers:
 * <ul>
 * <li>A batch was denied although each of its secrets can be read: the permission for
 * batches is missing, so there are none for twelve rounds. At the default interval that
 * is an hour.</li>
 * <li>A batch was denied and so were some of its secrets when read one by one: the policy
 * of a VPC endpoint fails a whole batch for one secret. Those secrets are read one by one
 * from now on, until they can be read, and the others stay in batches.</li>
 * <li>A batch was throttled: its secrets are read one by one at once, since the quota of
 * single reads is a hundred times as high, and batches rest for some rounds, for longer
 * each time, so that a large fleet comes down to what the quota allows.</li>
 * </ul>
 * Safe for use by many threads.
 */
public class BatchRules {

	private static final int MAX_DOUBLINGS = 6;

	private static final int ROUNDS_WITHOUT_PERMISSION = 12;

	private final DoubleSupplier random;

	private final Set<SecretRequest> apart = new HashSet<>();

	private int throttlings;

	private int restingRounds;

	/**
	 * Create rules that have learned nothing yet.
	 * @param random numbers from 0 to 1
	 */
	public BatchRules(DoubleSupplier random) {
		this.random = random;
	}

	/**
	 * Which requests of a round go into batches. The others are read singly.
	 * @param requests all requests of the round
	 * @return the batches
	 */
	public synchronized List<List<SecretRequest>> plan(Collection<SecretRequest> requests) {
		List<SecretRequest> batchable = requests.stream()
			.filter((request) -> request.isBatchable() && !this.apart.contains(request))
			.toList();
		if (this.restingRounds > 0 || batchable.size() < 2) {
			return List.of();
		}
		List<List<SecretRequest>> batches = new ArrayList<>();
		for (int i = 0; i < batchable.size(); i += SecretReader.MAX_BATCH_SIZE) {
			batches.add(batchable.subList(i, Math.min(batchable.size(), i + SecretReader.MAX_BATCH_SIZE)));
		}
		return batches;
	}

	/**
	 * Learn from a round, after which the next one can be planned.
	 * @param round what became of its batches
	 * @return whether this round has shown that batches are not allowed
	 */
	public synchronized boolean learn(Round round) {
		if (round.throttled()) {
			this.throttlings = Math.min(this.throttlings + 1, MAX_DOUBLINGS);
			this.restingRounds = 1 + (int) (this.random.getAsDouble() * ((1 << this.throttlings) - 1));
		}
		else if (round.answered()) {
			this.throttlings = Math.max(0, this.throttlings - 1);
		}
		else {
			this.restingRounds = Math.max(0, this.restingRounds - 1);
		}
		return learnDenials(round);
	}

	private boolean learnDenials(Round round) {
		round.results().forEach((request, result) -> {
			if (result.value() != null) {
				this.apart.remove(request);
			}
		});
		List<SecretRequest> unreadable = round.denied().stream().filter((request) -> isDenied(request, round)).toList();
		this.apart.addAll(unreadable);
		boolean forbidden = unreadable.isEmpty() && !round.answered()
				&& round.denied()
					.stream()
					.anyMatch((request) -> Objects.requireNonNull(round.results().get(request)).value() != null);
		if (forbidden) {
			this.restingRounds = ROUNDS_WITHOUT_PERMISSION;
		}
		return forbidden;
	}

	private static boolean isDenied(SecretRequest request, Round round) {
		return Objects.requireNonNull(round.results().get(request)).isAccessDenied();
	}

	/**
	 * What became of the batches of one round.
	 *
	 * @param answered whether one was answered
	 * @param throttled whether one was throttled
	 * @param denied what was asked for by those that were denied
	 * @param denial what AWS said about that
	 * @param results the results of all requests
	 */
	public record Round(boolean answered, boolean throttled, Collection<SecretRequest> denied, String denial,
			Map<SecretRequest, FetchResult> results) {
	}

}
