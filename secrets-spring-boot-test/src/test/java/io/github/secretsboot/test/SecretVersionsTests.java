package io.github.secretsboot.test;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * AWS's rules for staging labels, as a table: steps, and the labels of versions 1 to 3
 * afterwards.
 */
class SecretVersionsTests {

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|', textBlock = """
			put 1 AWSCURRENT                                             | AWSCURRENT
			put 1 AWSPENDING                                             | AWSCURRENT AWSPENDING
			put 1 BLUE                                                   | AWSCURRENT BLUE
			put 1; put 2 AWSCURRENT                                      | AWSPREVIOUS / AWSCURRENT
			put 1; put 2 AWSPENDING                                      | AWSCURRENT / AWSPENDING
			put 1; put 2 BLUE                                            | AWSCURRENT / BLUE
			put 1; put 2 BLUE; put 3 BLUE                                | AWSCURRENT / - / BLUE
			put 1; put 2 AWSCURRENT; put 3 AWSCURRENT                    | - / AWSPREVIOUS / AWSCURRENT
			put 1; put 2 AWSPENDING; move 2 AWSCURRENT                   | AWSPREVIOUS / AWSCURRENT AWSPENDING
			put 1; put 2 AWSPENDING; move 2 AWSCURRENT; drop AWSPENDING  | AWSPREVIOUS / AWSCURRENT
			put 1; put 2 AWSPENDING; put 3 AWSCURRENT                    | AWSPREVIOUS / AWSPENDING / AWSCURRENT
			put 1; put 2 AWSPENDING; move 2 AWSCURRENT; put 3 AWSCURRENT | - / AWSPREVIOUS / AWSCURRENT
			put 1; put 2 AWSCURRENT; move 1 AWSCURRENT                   | AWSCURRENT / AWSPREVIOUS
			put 1; put 2 AWSCURRENT; move 2 AWSCURRENT                   | AWSPREVIOUS / AWSCURRENT
			put 1; move 1 BLUE; put 2 AWSCURRENT                         | AWSPREVIOUS BLUE / AWSCURRENT
			""")
	void whenStepsThenLabels(String steps, String labels) {
		SecretVersions versions = SecretVersions.NONE;
		for (String step : steps.split("; ")) {
			versions = apply(versions, step.split(" "));
		}
		List<String> actual = versions.all()
			.stream()
			.map((version) -> version.stages().isEmpty() ? "-" : String.join(" ", version.stages()))
			.toList();
		assertThat(String.join(" / ", actual)).isEqualTo(labels);
	}

	private SecretVersions apply(SecretVersions versions, String[] step) {
		return switch (step[0]) {
			case "put" -> versions.add(step[1], SecretContent.of("canary-" + step[1]), Instant.EPOCH,
					(step.length > 2) ? List.of(step[2]) : List.of());
			case "move" -> versions.attach(step[2], step[1]);
			default -> versions.detach(step[1]);
		};
	}

}
