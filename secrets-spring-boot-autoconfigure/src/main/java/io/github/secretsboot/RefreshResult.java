package io.github.secretsboot;

import java.util.List;

/**
 * What a refresh did: "nothing new" has neither changes nor failures.
 *
 * @param changes the secrets whose properties changed
 * @param failures the secrets that could not be refreshed; their last good values stay
 */
public record RefreshResult(List<SecretChange> changes, List<SecretFailure> failures) {

	/**
	 * Create a result with unmodifiable copies.
	 */
	public RefreshResult {
		changes = List.copyOf(changes);
		failures = List.copyOf(failures);
	}

}
