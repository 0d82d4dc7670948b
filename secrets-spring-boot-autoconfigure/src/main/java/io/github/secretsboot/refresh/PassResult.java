package io.github.secretsboot.refresh;

import java.util.List;

import io.github.secretsboot.SecretChange;
import io.github.secretsboot.SecretFailure;

/**
 * The outcome of one pass.
 *
 * @param changes the secrets whose properties changed
 * @param failures the secrets that could not be refreshed
 */
public record PassResult(List<SecretChange> changes, List<SecretFailure> failures) {

	/**
	 * Create a result with unmodifiable copies.
	 */
	public PassResult {
		changes = List.copyOf(changes);
		failures = List.copyOf(failures);
	}

}
