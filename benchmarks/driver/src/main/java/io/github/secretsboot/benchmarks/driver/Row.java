package io.github.secretsboot.benchmarks.driver;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * A row of the results.
 *
 * @param group the heading that it goes under
 * @param name what was measured
 * @param ours our median
 * @param theirs the incumbent's median, or {@code null} if there is none
 * @param unit the unit of both
 * @param goal what was to be reached, or {@code null} if nothing was
 */
record Row(String group, String name, double ours, @Nullable Double theirs, String unit, @Nullable Goal goal) {

	static Row of(String group, String name, double ours, double theirs, String unit, @Nullable Goal goal) {
		return new Row(group, name, ours, theirs, unit, goal);
	}

	@Nullable Double ratio() {
		return (this.theirs == null || this.theirs == 0) ? null : this.ours / this.theirs;
	}

	String toMarkdown() {
		Double ratio = ratio();
		return "| %s | %s | %s | %s | %s | %s |".formatted(this.name, format(this.ours),
				(this.theirs != null) ? format(this.theirs) : "", (ratio != null) ? number(ratio, 3) : "",
				(this.goal != null) ? this.goal.text() : "", verdict());
	}

	private String verdict() {
		if (this.goal == null) {
			return "";
		}
		return this.goal.isMet(this) ? "met" : "**missed**";
	}

	private String format(double value) {
		int digits = (value != 0 && Math.abs(value) < 10) ? 2 : (Math.abs(value) < 100) ? 1 : 0;
		String text = (value == Math.rint(value)) ? number(value, 0) : number(value, digits);
		return this.unit.isEmpty() ? text : text + " " + this.unit;
	}

	private static String number(double value, int digits) {
		return String.format(Locale.ROOT, "%,." + digits + "f", value);
	}

	/**
	 * What is to be reached.
	 *
	 * @param kind what the limit is of
	 * @param limit the limit
	 */
	record Goal(Kind kind, double limit) {

		static Goal ratio(double limit) {
			return new Goal(Kind.RATIO, limit);
		}

		static Goal value(double limit) {
			return new Goal(Kind.VALUE, limit);
		}

		boolean isMet(Row row) {
			Double measured = (this.kind == Kind.RATIO) ? row.ratio() : Double.valueOf(row.ours());
			return measured != null && measured <= this.limit;
		}

		String text() {
			String number = (this.limit == Math.rint(this.limit)) ? number(this.limit, 0) : String.valueOf(this.limit);
			return ((this.kind == Kind.RATIO) ? "ratio ≤ " : "≤ ") + number;
		}

	}

	/**
	 * What a limit is of.
	 */
	enum Kind {

		/** Of our value divided by theirs. */
		RATIO,

		/** Of our value. */
		VALUE

	}

}
