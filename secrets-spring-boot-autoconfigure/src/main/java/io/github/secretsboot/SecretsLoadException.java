package io.github.secretsboot;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Ends the start of an application whose required secrets could not be loaded. Names
 * every secret that failed, not the first one only.
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
	 * All failures, in the order of {@code secrets.sources}.
	 * @return the failures
	 */
	public List<SecretFailure> getFailures() {
		return this.failures;
	}

}
