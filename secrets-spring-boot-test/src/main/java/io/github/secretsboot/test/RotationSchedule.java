package io.github.secretsboot.test;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A {@code rate()} or {@code cron()} expression with the length of its windows. All times
 * are UTC.
 *
 * @param rateDays every how many days, or 0
 * @param rateHours every how many hours, or 0
 * @param cron at which times, if neither
 * @param hours how many hours a window is long; 0 is until the end of the day
 */
record RotationSchedule(int rateDays, int rateHours, @Nullable CronExpression cron, int hours) {

	private static final Pattern RATE = Pattern.compile("rate\\((\\d{1,4}) (day|hour)s?\\)");

	private static final Pattern CRON = Pattern.compile("cron\\((.+)\\)");

	static RotationSchedule parse(String expression, @Nullable Integer duration) {
		Matcher rate = RATE.matcher(expression);
		if (rate.matches()) {
			int number = Integer.parseInt(rate.group(1));
			boolean days = rate.group(2).equals("day");
			if (days ? number < 1 || number > 999 : number < 4 || number > 999) {
				throw invalid(expression);
			}
			return new RotationSchedule(days ? number : 0, days ? 0 : number, null,
					(duration != null) ? duration : days ? 0 : 1);
		}
		Matcher cron = CRON.matcher(expression);
		if (!cron.matches()) {
			throw invalid(expression);
		}
		try {
			CronExpression parsed = CronExpression.parse(cron.group(1));
			return new RotationSchedule(0, 0, parsed, (duration != null) ? duration : parsed.isHourly() ? 1 : 0);
		}
		catch (IllegalArgumentException ex) {
			throw invalid(expression);
		}
	}

	private static AwsError invalid(String expression) {
		return AwsError.invalidParameter("The ScheduleExpression %s isn't valid.".formatted(expression));
	}

	/**
	 * Return the last second of the window after this one.
	 */
	Instant endOfNextWindow(Instant now) {
		LocalDateTime start = nextStart(LocalDateTime.ofInstant(now, ZoneOffset.UTC));
		LocalDateTime end = (this.hours > 0) ? start.plusHours(this.hours)
				: start.truncatedTo(ChronoUnit.DAYS).plusDays(1);
		return end.minusSeconds(1).toInstant(ZoneOffset.UTC);
	}

	private LocalDateTime nextStart(LocalDateTime now) {
		if (this.cron != null) {
			return this.cron.next(now);
		}
		LocalDateTime today = now.truncatedTo(ChronoUnit.DAYS);
		if (this.rateHours == 0) {
			return today.plusDays(this.rateDays);
		}
		LocalDateTime start = today;
		while (!start.isAfter(now)) {
			start = start.plusHours(this.rateHours);
		}
		return start;
	}

}
