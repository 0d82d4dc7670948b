package io.github.secretsboot.env;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Ends the start of an application whose configuration of this library is wrong. Tells
 * everything that is, not the first thing only.
 */
public class SecretsConfigurationException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient List<ConfigurationProblem> problems;

	SecretsConfigurationException(List<ConfigurationProblem> problems) {
		super(problems.stream()
			.map((problem) -> problem.property() + ": " + problem.reason())
			.collect(Collectors.joining("; ", "The configuration of secrets is wrong: ", "")));
		this.problems = List.copyOf(problems);
	}

	/**
	 * Everything that is wrong.
	 * @return the problems
	 */
	public List<ConfigurationProblem> getProblems() {
		return this.problems;
	}

}
