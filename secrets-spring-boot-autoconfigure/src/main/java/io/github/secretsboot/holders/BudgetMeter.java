package io.github.secretsboot.holders;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Measures what a search takes of its budget. For one thread; an interrupt ends the
 * search, too.
 */
final class BudgetMeter {

	private static final int OBJECTS_PER_LOOK_AT_THE_CLOCK = 256;

	private final SearchBudget budget;

	private final LongSupplier nanoTime;

	private final long start;

	private int objects;

	private boolean isOver;

	private boolean isExceeded;

	BudgetMeter(SearchBudget budget, LongSupplier nanoTime) {
		this.budget = budget;
		this.nanoTime = nanoTime;
		this.start = nanoTime.getAsLong();
	}

	/**
	 * Look at one more object.
	 */
	void count() {
		this.objects++;
		if (this.objects >= this.budget.objects()
				|| (this.objects % OBJECTS_PER_LOOK_AT_THE_CLOCK == 0 && isTimeOver())) {
			this.isOver = true;
		}
	}

	private boolean isTimeOver() {
		return time().compareTo(this.budget.time()) >= 0 || Thread.currentThread().isInterrupted();
	}

	boolean allowsElement(int index) {
		return !this.isOver && within(index, this.budget.elements());
	}

	boolean allowsDepth(int depth) {
		return within(depth, this.budget.depth());
	}

	boolean allowsHolder(int holders) {
		return within(holders, this.budget.holders());
	}

	private boolean within(int count, int limit) {
		this.isExceeded |= count >= limit;
		return count < limit;
	}

	/**
	 * Whether the search has to end.
	 */
	boolean isOver() {
		return this.isOver;
	}

	/**
	 * Whether nothing had to be left out.
	 */
	boolean wasEnough() {
		return !this.isOver && !this.isExceeded;
	}

	int objects() {
		return this.objects;
	}

	Duration time() {
		return Duration.ofNanos(this.nanoTime.getAsLong() - this.start);
	}

}
