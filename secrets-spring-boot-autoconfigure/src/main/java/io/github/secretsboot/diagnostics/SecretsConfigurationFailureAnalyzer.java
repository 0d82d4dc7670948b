package io.github.secretsboot.diagnostics;

import java.util.List;
import java.util.stream.Collectors;

import io.github.secretsboot.env.ConfigurationProblem;
import io.github.secretsboot.env.SecretsConfigurationException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Reports everything that is wrong with the configuration of this library, and where it
 * is written.
 */
class SecretsConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<SecretsConfigurationException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, SecretsConfigurationException cause) {
		List<ConfigurationProblem> problems = cause.getProblems();
		String count = (problems.size() == 1) ? "A property" : problems.size() + " properties";
		String description = count + " below 'secrets' cannot be used:\n\n"
				+ problems.stream()
					.map(SecretsConfigurationFailureAnalyzer::describe)
					.collect(Collectors.joining("\n"));
		return new FailureAnalysis(description,
				"Correct the configuration. All keys with their meaning are on"
						+ " https://github.com/secretsboot/secrets-spring-boot/blob/main/docs/reference/keys.md.",
				cause);
	}

	private static String describe(ConfigurationProblem problem) {
		String value = (problem.value() != null) ? ": " + problem.value() : "";
		String where = (problem.where() != null) ? "\n        in " + problem.where() : "";
		return "    " + problem.property() + value + where + "\n        " + problem.reason();
	}

}
