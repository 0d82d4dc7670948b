package io.github.secretsboot.test;

import java.time.Instant;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * When a secret is to be rotated.
 *
 * @param days after how many days, if that was said
 * @param schedule or by which expression
 * @param duration how long the window is
 */
record RotationRules(@Nullable Integer days, @Nullable String schedule, @Nullable String duration) {

	private static final Pattern DURATION = Pattern.compile("[0-9]+h");

	static @Nullable RotationRules of(RequestBody request) {
		RequestBody rules = request.object("RotationRules");
		if (rules == null) {
			return null;
		}
		Integer days = rules.number("AutomaticallyAfterDays", 1, 1000);
		String schedule = rules.text("ScheduleExpression", 1, 256);
		String duration = rules.text("Duration", 2, 3);
		if (days != null && schedule != null) {
			throw AwsError.invalidParameter("You can't specify both AutomaticallyAfterDays and ScheduleExpression.");
		}
		if (duration != null && !DURATION.matcher(duration).matches()) {
			throw AwsError.constraint("'" + duration + "'", "rotationRules.duration",
					"satisfy regular expression pattern: [0-9]+h");
		}
		RotationRules read = new RotationRules(days, schedule, duration);
		read.parsed();
		return read;
	}

	/**
	 * Return the end of the next window: by then at the latest, AWS will have begun.
	 */
	@Nullable Instant next(Instant now) {
		RotationSchedule schedule = parsed();
		return (schedule != null) ? schedule.endOfNextWindow(now) : null;
	}

	private @Nullable RotationSchedule parsed() {
		String expression = (this.days != null) ? "rate(%d days)".formatted(this.days) : this.schedule;
		Integer hours = (this.duration != null)
				? Integer.valueOf(this.duration.substring(0, this.duration.length() - 1)) : null;
		return (expression != null) ? RotationSchedule.parse(expression, hours) : null;
	}

	ObjectNode toJson() {
		ObjectNode json = ResponseBodies.empty();
		if (this.days != null) {
			json.put("AutomaticallyAfterDays", this.days);
		}
		if (this.duration != null) {
			json.put("Duration", this.duration);
		}
		if (this.schedule != null) {
			json.put("ScheduleExpression", this.schedule);
		}
		return json;
	}

}
