package io.github.secretsboot.test;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/**
 * The cron expressions that AWS has for rotations: minutes (always 0), hours, days of the
 * month, months, days of the week, and years (always all).
 */
final class CronExpression {

	private static final List<String> MONTHS = List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP",
			"OCT", "NOV", "DEC");

	private static final List<String> DAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

	private static final int MAX_DAYS = 366 * 8;

	private final BitSet hours;

	private final BitSet months;

	private final String daysOfMonth;

	private final String daysOfWeek;

	private CronExpression(String[] fields) {
		this.hours = bits(fields[1], 0, 23, List.of());
		this.daysOfMonth = fields[2];
		this.months = bits(fields[3], 1, 12, MONTHS);
		this.daysOfWeek = fields[4];
		matches(LocalDate.EPOCH);
	}

	/**
	 * Parse an expression.
	 * @throws IllegalArgumentException if it is none of AWS's
	 */
	static CronExpression parse(String expression) {
		String[] fields = expression.trim().toUpperCase(Locale.ROOT).split("\\s+");
		if (fields.length != 6 || !fields[0].equals("0") || !fields[5].equals("*")
				|| fields[2].equals("?") == fields[4].equals("?")) {
			throw new IllegalArgumentException("Not a cron expression for rotations");
		}
		return new CronExpression(fields);
	}

	/**
	 * Whether it is about more than one hour of a day.
	 */
	boolean isHourly() {
		return this.hours.cardinality() > 1;
	}

	/**
	 * Return the first time after the given one.
	 */
	LocalDateTime next(LocalDateTime now) {
		LocalDate today = now.toLocalDate();
		for (int i = 0; i < MAX_DAYS; i++) {
			LocalDate day = today.plusDays(i);
			int hour = matches(day) ? this.hours.nextSetBit((i == 0) ? now.getHour() + 1 : 0) : -1;
			if (hour >= 0) {
				return day.atTime(hour, 0);
			}
		}
		throw new IllegalArgumentException("Never");
	}

	private boolean matches(LocalDate day) {
		return matchesMonth(day) && matchesDayOfMonth(day) && matchesDayOfWeek(day);
	}

	private boolean matchesMonth(LocalDate day) {
		return this.months.get(day.getMonthValue());
	}

	private boolean matchesDayOfMonth(LocalDate day) {
		int last = YearMonth.from(day).lengthOfMonth();
		if (this.daysOfMonth.equals("?")) {
			return true;
		}
		if (this.daysOfMonth.equals("L")) {
			return day.getDayOfMonth() == last;
		}
		if (this.daysOfMonth.endsWith("W")) {
			return isNearestWeekday(day, number(this.daysOfMonth.replace("W", ""), 1, 31, List.of()));
		}
		return bits(this.daysOfMonth, 1, 31, List.of()).get(day.getDayOfMonth());
	}

	private static boolean isNearestWeekday(LocalDate day, int wanted) {
		LocalDate target = day.withDayOfMonth(Math.min(wanted, YearMonth.from(day).lengthOfMonth()));
		LocalDate nearest = switch (target.getDayOfWeek()) {
			case SATURDAY -> (target.getDayOfMonth() > 1) ? target.minusDays(1) : target.plusDays(2);
			case SUNDAY ->
				target.plusDays(1).getMonth() == target.getMonth() ? target.plusDays(1) : target.minusDays(2);
			default -> target;
		};
		return day.equals(nearest);
	}

	private boolean matchesDayOfWeek(LocalDate day) {
		int number = day.getDayOfWeek().getValue() % 7 + 1;
		int week = (day.getDayOfMonth() - 1) / 7 + 1;
		if (this.daysOfWeek.equals("?")) {
			return true;
		}
		if (this.daysOfWeek.contains("#")) {
			String[] parts = this.daysOfWeek.split("#");
			return number == number(parts[0], 1, 7, DAYS) && week == number(parts[1], 1, 5, List.of());
		}
		if (this.daysOfWeek.endsWith("L")) {
			return number == number(this.daysOfWeek.replace("L", ""), 1, 7, DAYS)
					&& day.plusWeeks(1).getMonth() != day.getMonth();
		}
		return bits(this.daysOfWeek, 1, 7, DAYS).get(number);
	}

	private static BitSet bits(String field, int min, int max, List<String> names) {
		BitSet bits = new BitSet();
		for (String part : field.split(",")) {
			String[] range = part.split("/");
			int step = (range.length > 1) ? number(range[1], 1, max, List.of()) : 1;
			String[] ends = range[0].equals("*") ? new String[] { "" + min, "" + max } : range[0].split("-");
			int from = number(ends[0], min, max, names);
			int to = (ends.length > 1) ? number(ends[1], min, max, names) : (range.length > 1) ? max : from;
			for (int i = from; i <= to; i += step) {
				bits.set(i);
			}
		}
		return bits;
	}

	private static int number(String text, int min, int max, List<String> names) {
		int named = names.indexOf(text);
		int number = (named >= 0) ? named + min : Integer.parseInt(text);
		if (number < min || number > max) {
			throw new IllegalArgumentException("Out of range");
		}
		return number;
	}

}
