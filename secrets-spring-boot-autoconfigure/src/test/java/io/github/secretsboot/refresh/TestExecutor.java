package io.github.secretsboot.refresh;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * An executor without a thread: tasks wait until the test runs them.
 */
public class TestExecutor extends ScheduledThreadPoolExecutor {

	private final List<Task> tasks = new ArrayList<>();

	public TestExecutor() {
		super(0);
	}

	@Override
	public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
		Task task = new Task(command, Duration.of(delay, unit.toChronoUnit()));
		this.tasks.add(task);
		return task;
	}

	@Override
	public void execute(Runnable command) {
		schedule(command, 0, TimeUnit.MILLISECONDS);
	}

	/**
	 * The delays of what waits and has not been cancelled.
	 */
	public List<Duration> delays() {
		return waiting().stream().map((task) -> task.delay).toList();
	}

	/**
	 * Run all that waits now, but not what it schedules.
	 */
	public void run() {
		List<Task> waiting = waiting();
		this.tasks.clear();
		waiting.forEach(Task::run);
	}

	private List<Task> waiting() {
		return this.tasks.stream().filter((task) -> !task.isCancelled()).toList();
	}

	private static final class Task extends FutureTask<Object> implements RunnableScheduledFuture<Object> {

		private final Duration delay;

		Task(Runnable command, Duration delay) {
			super(command, null);
			this.delay = delay;
		}

		@Override
		public boolean isPeriodic() {
			return false;
		}

		@Override
		public long getDelay(TimeUnit unit) {
			return unit.convert(this.delay);
		}

		@Override
		public int compareTo(Delayed other) {
			return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
		}

	}

}
