package io.github.secretsboot.test;

import java.time.Instant;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * When a window ends, as a table. The examples are those of AWS's documentation; it is
 * Tuesday, 2026-11-24, 10:30.
 */
class RotationScheduleTests {

	private static final Instant NOW = Instant.parse("2026-11-24T10:30:00Z");

	@ParameterizedTest(name = "{0} {1}")
	@CsvSource(delimiter = '|', textBlock = """
			rate(1 day)                  |    | 2026-11-25T23:59:59Z
			rate(10 days)                |    | 2026-12-04T23:59:59Z
			rate(10 days)                | 3h | 2026-12-04T02:59:59Z
			rate(4 hours)                |    | 2026-11-24T12:59:59Z
			rate(12 hours)               | 2h | 2026-11-24T13:59:59Z
			cron(0 8 * * ? *)            |    | 2026-11-25T23:59:59Z
			cron(0 11 * * ? *)           | 2h | 2026-11-24T12:59:59Z
			cron(0 16 1,15 * ? *)        | 2h | 2026-12-01T17:59:59Z
			cron(0 8 1 * ? *)            |    | 2026-12-01T23:59:59Z
			cron(0 1 ? * SUN#1 *)        |    | 2026-12-06T23:59:59Z
			cron(0 17 ? * MON-FRI *)     |    | 2026-11-24T23:59:59Z
			cron(0 0 1 1/3 ? *)          |    | 2027-01-01T23:59:59Z
			cron(0 8/8 * * ? *)          | 2h | 2026-11-24T17:59:59Z
			cron(0 10 L * ? *)           |    | 2026-11-30T23:59:59Z
			cron(0 10 ? * 6L *)          | 1h | 2026-11-27T10:59:59Z
			cron(0 10 ? * TUE *)         | 1h | 2026-12-01T10:59:59Z
			cron(0 9 29W FEB ? *)        |    | 2027-02-26T23:59:59Z
			cron(0 9 29 2 ? *)           |    | 2028-02-29T23:59:59Z
			cron(0 10 15W 8 ? *)         | 1h | 2027-08-16T10:59:59Z
			cron(0 10 ? FEB,MAY TUE#2 *) | 1h | 2027-02-09T10:59:59Z
			""")
	void whenExpressionThenEndOfNextWindow(String expression, String duration, String end) {
		RotationRules rules = new RotationRules(null, expression, duration);
		assertThat(rules.next(NOW)).isEqualTo(Instant.parse(end));
	}

	@ParameterizedTest
	@ValueSource(strings = { "rate(0 days)", "rate(3 hours)", "rate(1000 days)", "rate(10 minutes)", "often",
			"cron(0 8 * * *)", "cron(5 8 * * ? *)", "cron(0 8 * * * *)", "cron(0 8 ? * ? *)", "cron(0 24 * * ? *)",
			"cron(0 8 32 * ? *)", "cron(0 8 1 13 ? *)", "cron(0 8 ? * SOME *)", "cron(0 8 * * ? 2027)" })
	void whenExpressionIsNoneOfAwsThenRefused(String expression) {
		RotationRules rules = new RotationRules(null, expression, null);
		assertThatIllegalStateException().isThrownBy(() -> rules.next(NOW))
			.withMessage("InvalidParameterException: The ScheduleExpression %s isn't valid.".formatted(expression));
	}

}
