package io.github.secretsboot.fetch;

import java.time.Duration;

/**
 * When everything that belongs to one load or pass must be over.
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
	 * What is left of the time.
	 * @return the rest; never zero or negative, which libraries take for endless
	 */
	public Duration remaining() {
		return Duration.ofNanos(Math.max(1, this.nanoTime - System.nanoTime()));
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
	Deadline first(int parts) {
		return after(remaining().dividedBy(parts));
	}

}
