package io.github.secretsboot;

import java.util.List;

/**
 * The result of a refresh. If there was nothing new, it has neither changes nor failures.
 *
 * @param changes the secrets whose properties changed
 * @param failures the secrets that could not be refreshed; their last good values stay in
 * use
 * @since 0.1.0
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
