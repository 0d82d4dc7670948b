package io.github.secretsboot;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Thrown if required secrets could not be loaded, so that the application does not start.
 * It lists every secret that failed, not only the first one.
 *
 * @since 0.1.0
 */
public class SecretsLoadException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient List<SecretFailure> failures;

	/**
	 * Create an exception for the given failures.
	 * @param failures all failures, in the order of {@code secrets.sources}
	 */
	public SecretsLoadException(List<SecretFailure> failures) {
		super(failures.stream()
			.map((failure) -> failure.secretName() + ": " + failure.reason())
			.collect(Collectors.joining(", ", "Secrets could not be loaded: ", "")));
		this.failures = List.copyOf(failures);
	}

	/**
	 * Return all failures, in the order of {@code secrets.sources}.
	 * @return the failures
	 */
	public List<SecretFailure> getFailures() {
		return this.failures;
	}

}
