package io.github.secretsboot.fetch;

import java.time.Duration;

/**
 * When everything that belongs to one load or pass must be over. Made once and handed on
 * as it is, down to the connection.
 *
 * @param nanoTime the moment, on the scale of {@link System#nanoTime()}
 */
public record Deadline(long nanoTime) {

	/**
	 * A deadline that is some time ahead.
	 * @param timeout the time until then
	 * @return the deadline
	 */
	public static Deadline after(Duration timeout) {
		return new Deadline(System.nanoTime() + timeout.toNanos());
	}

	/**
	 * What is left of the time, for what waits itself.
	 * @return the rest in nanoseconds; never zero or negative
	 */
	public long nanos() {
		return Math.max(1, this.nanoTime - System.nanoTime());
	}

	/**
	 * What is left of the time, for libraries that know no deadlines.
	 * @return the rest; never zero or negative, which they take for endless
	 */
	public Duration remaining() {
		return Duration.ofNanos(nanos());
	}

	/**
	 * Whether it has passed.
	 * @return {@code true} if no time is left
	 */
	public boolean isOver() {
		return this.nanoTime - System.nanoTime() <= 0;
	}

	/**
	 * An earlier deadline that leaves time for others.
	 * @param parts by how many the time that is left is divided
	 * @return the end of the first of these parts
	 */
	public Deadline first(int parts) {
		return new Deadline(System.nanoTime() + nanos() / parts);
	}

	/**
	 * The earlier one of two deadlines.
	 * @param other another deadline
	 * @return this or the other one
	 */
	Deadline orEarlier(Deadline other) {
		return (other.nanoTime - this.nanoTime < 0) ? other : this;
	}

}
