package io.github.secretsboot.diagnostics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

import io.github.secretsboot.SecretFailure;
import io.github.secretsboot.SecretsLoadException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Reports all secrets that ended the start, each with its region, its reason and its
 * remedy.
 */
class SecretsLoadFailureAnalyzer extends AbstractFailureAnalyzer<SecretsLoadException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, SecretsLoadException cause) {
		List<SecretFailure> failures = cause.getFailures();
		return new FailureAnalysis(description(failures), action(failures), cause);
	}

	private String description(List<SecretFailure> failures) {
		String count = (failures.size() == 1) ? "A secret" : failures.size() + " secrets";
		return count + " could not be loaded from AWS Secrets Manager:\n\n"
				+ failures.stream().map(this::describe).collect(Collectors.joining("\n"));
	}

	private String describe(SecretFailure failure) {
		String region = (failure.region() != null) ? " in " + failure.region() : "";
		return "    " + failure.secretName() + region + ": " + failure.reason() + "\n        " + failure.detail();
	}

	private String action(List<SecretFailure> failures) {
		// Failures that share their cause, such as a missing region, share one remedy
		return failures.stream()
			.collect(Collectors.groupingBy(Remedy::of, LinkedHashMap::new,
					Collectors.mapping(SecretFailure::secretName, Collectors.joining(", "))))
			.entrySet()
			.stream()
			.map((remedy) -> remedy.getValue() + "\n" + remedy.getKey().indent(4).stripTrailing())
			.collect(Collectors.joining("\n\n"));
	}

}
